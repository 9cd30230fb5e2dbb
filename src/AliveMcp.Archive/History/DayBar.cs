using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>One UTC day of a server, in minutes.</summary>
public sealed record DayBar
{
    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

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

    /// <summary>Percent, two decimals rounded down; null without a counted minute.</summary>
    public decimal? Uptime { get; init; }

    /// <summary>Percent of the watched minutes, planned maintenance aside, whose state is known, two decimals rounded down; null when it was not watched.</summary>
    public decimal? Coverage { get; init; }

    /// <summary>The worst state of at least 5 minutes in all, else the one with the largest share; null when the day was not watched or nothing is known of it.</summary>
    public ServerState? Shown { get; init; }
}
