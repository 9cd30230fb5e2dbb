using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>Reads the contract panel of a server.</summary>
public sealed class ContractPanels
{
    /// <summary>The current contract; null when no tool list was ever seen.</summary>
    public Task<ContractPanel?> CurrentAsync(ServerKey server, CancellationToken cancellationToken)
    {
        _ = (server, cancellationToken);
        return Task.FromResult<ContractPanel?>(null);
    }
}
