using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Hours;

/// <summary>Counts which contract the regions of a minute saw.</summary>
internal struct MarkAgreement
{
    private ulong? _mark;
    private int _saw;
    private bool _isDivided;

    /// <summary>What one region saw; one that could not look says nothing.</summary>
    public void Add(ServerState state, ulong? mark)
    {
        if (state == ServerState.Unknown || mark is null)
        {
            return;
        }

        _isDivided |= _mark is { } before && before != mark;
        _mark = mark;
        _saw++;
    }

    /// <summary>The one that all of them saw; null when they saw several, or too few saw it.</summary>
    public readonly ulong? Of(bool isRotating, int quorum, int regions)
    {
        // Where regions look by turn, the next minute is another's: two in a row are two regions.
        var enough = isRotating ? 1 : Math.Clamp(quorum, 1, Math.Max(1, regions));
        return _isDivided || _saw < enough ? null : _mark;
    }
}
