namespace AliveMcp.Archive.History;

/// <summary>One calendar month of a server, UTC, in minutes.</summary>
public sealed record MonthBar
{
    /// <summary>The month's first day.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>Minutes degraded.</summary>
    public int DegradedMinutes { get; init; }

    /// <summary>Minutes down.</summary>
    public int DownMinutes { get; init; }

    /// <summary>Minutes of planned maintenance, whatever was seen in them.</summary>
    public int MaintenanceMinutes { get; init; }

    /// <summary>Percent, two decimals rounded down; null without a counted minute.</summary>
    public decimal? Uptime { get; init; }

    /// <summary>Percent of the minutes that should have been looked at, planned maintenance aside, whose state is known; null when it was not watched.</summary>
    public decimal? Coverage { get; init; }
}
