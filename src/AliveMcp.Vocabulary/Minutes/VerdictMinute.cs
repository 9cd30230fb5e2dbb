namespace AliveMcp.Vocabulary.Minutes;

/// <summary>The one sealed answer for a server and a minute, with the plan it was judged by and every region's entry.</summary>
public sealed record VerdictMinute
{
    public required MinutePlan Plan { get; init; }

    public required ServerState State { get; init; }

    public Why Why { get; init; }

    /// <summary>The step of the entry that gave the reason; null when none failed.</summary>
    public ProbeStep? FailedAt { get; init; }

    /// <summary>The widest access that was seen: what a visitor may count on.</summary>
    public Access Access { get; init; }

    /// <summary>The deepest that any conclusive region saw.</summary>
    public VerifiedTo VerifiedTo { get; init; }

    /// <summary>In the plan's order of regions; silent regions have none.</summary>
    public required IReadOnlyList<RegionEntry> Entries { get; init; }

    public ServerKey Server => Plan.Server;

    public MinuteStamp Minute => Plan.Minute;

    /// <summary>Counts for uptime: neither unknown nor in planned maintenance.</summary>
    public bool Counts => State != ServerState.Unknown && !Plan.Maintenance;
}
