using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>How far back each tenant's readers may look: the one place through which every read of history is cut.</summary>
internal sealed class HistoryReach
{
    public ValueTask<Reach> OfAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Reach.Whole);
    }
}
