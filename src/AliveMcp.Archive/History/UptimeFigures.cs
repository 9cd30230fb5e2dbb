using AliveMcp.Archive.Rollups;

namespace AliveMcp.Archive.History;

/// <summary>The uptime of a window, in minutes, with what it is made of.</summary>
public sealed record UptimeFigures
{
    /// <summary>How the percent is computed: the words that stand wherever it is shown.</summary>
    public const string Formula =
        "(live + degraded) / (live + degraded + down), in minutes, rounded down to two decimals; unknown and planned maintenance are left out";

    /// <summary>The window that was counted: the one asked for, without what the plan hides.</summary>
    public required Window Window { get; init; }

    /// <summary>Minutes live.</summary>
    public int LiveMinutes { get; init; }

    /// <summary>Minutes degraded.</summary>
    public int DegradedMinutes { get; init; }

    /// <summary>Minutes down.</summary>
    public int DownMinutes { get; init; }

    /// <summary>Minutes that should have been looked at and of which nothing is known.</summary>
    public int UnknownMinutes { get; init; }

    /// <summary>Minutes of planned maintenance, whatever was seen in them.</summary>
    public int MaintenanceMinutes { get; init; }

    /// <summary>Percent by <see cref="Formula"/>, 0 to 100; null without a counted minute.</summary>
    public decimal? Uptime => StateWeights.Percent(LiveMinutes + DegradedMinutes, CountedMinutes);

    /// <summary>Minutes that count for the percent.</summary>
    public int CountedMinutes => LiveMinutes + DegradedMinutes + DownMinutes;

    /// <summary>Percent of the watched minutes, planned maintenance aside, whose state is known, two decimals rounded down; null when it was not watched.</summary>
    public decimal? Coverage => StateWeights.Percent(CountedMinutes, CountedMinutes + UnknownMinutes);
}
