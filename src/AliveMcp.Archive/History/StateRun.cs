using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>A run of minutes of one known state. An unknown minute neither ends a run nor makes it longer.</summary>
public sealed record StateRun
{
    /// <summary>Live, degraded or down.</summary>
    public required ServerState State { get; init; }

    /// <summary>Why, as of its first minute; none when live.</summary>
    public required Why Why { get; init; }

    /// <summary>The step that gave the reason; null when none failed.</summary>
    public required ProbeStep? FailedAt { get; init; }

    /// <summary>Its first known minute.</summary>
    public required MinuteStamp From { get; init; }

    /// <summary>The first minute after its last known one; null while no other state followed.</summary>
    public required MinuteStamp? To { get; init; }

    /// <summary>Minutes that its verdicts stand for; unknown ones in between are not among them.</summary>
    public required int Minutes { get; init; }

    /// <summary>Those of them that lie in planned maintenance.</summary>
    public required int MaintenanceMinutes { get; init; }

    /// <summary>It is the first of the window: it may have begun before.</summary>
    public required bool MayHaveBegunBefore { get; init; }
}
