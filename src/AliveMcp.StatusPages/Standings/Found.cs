namespace AliveMcp.StatusPages.Standings;

/// <summary>What the stores said of a slug, and its disbelieved twin once that is needed.</summary>
internal sealed class Found(Standing? standing)
{
    private Standing? _stale;

    public static Found Nobody { get; } = new(null);

    /// <summary>Null: no public server has this slug.</summary>
    public Standing? Standing { get; } = standing;

    public Standing? StaleSince(DateTimeOffset refreshedAt) =>
        _stale?.StaleSince == refreshedAt ? _stale : _stale = Standing?.Stale(refreshedAt);
}
