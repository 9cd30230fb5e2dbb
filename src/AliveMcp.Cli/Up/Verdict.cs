namespace AliveMcp.Cli.Up;

/// <summary>One row of the table: what the API says of one server.</summary>
internal sealed record Verdict
{
    public required string Slug { get; init; }

    /// <summary><c>live</c>, <c>degraded</c>, <c>down</c>, <c>unknown</c> or <c>paused</c>.</summary>
    public required string State { get; init; }

    /// <summary>Start of the last sealed minute; null before the first.</summary>
    public DateTimeOffset? LastMinute { get; init; }

    public int? P95Ms { get; init; }

    public decimal? Uptime30d { get; init; }

    /// <summary>Null for a private server, which has no page.</summary>
    public string? PublicSlug { get; init; }
}
