using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Minutes;

/// <summary>
/// An opened minute: the rules by which it will be judged, fixed before anyone looks. Written by the planner; a confirmation round moves
/// <see cref="Reserve"/> to the end of <see cref="Regions"/>, and nothing else ever changes.
/// </summary>
public sealed record MinutePlan
{
    public required ServerKey Server { get; init; }

    public required MinuteStamp Minute { get; init; }

    /// <summary>The regions that shall look, in a fixed order; entries refer to them by place. 1 to 32.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>How many minutes the verdict stands for: the cadence of the server in this minute, 1 to 60.</summary>
    public required int Weight { get; init; }

    /// <summary>The regions that a confirmation round asks as well when the one whose turn it is fails. Empty unless <see cref="Rotating"/>; not part of a verdict.</summary>
    public IReadOnlyList<Region> Reserve { get; init; } = [];

    /// <summary>How many regions must fail before the minute is down, 1 or more; more than were asked counts as all of them.</summary>
    public required int Quorum { get; init; }

    /// <summary>Planned maintenance: probed and kept, but left out of uptime.</summary>
    public bool Maintenance { get; init; }

    /// <summary>One region by turn: a single failure is not yet down. Its tickets carry no retry, also in the minutes that follow a confirmation round.</summary>
    public bool Rotating { get; init; }

    /// <summary>Why <see cref="Weight"/> may be longer than the cadence that the owner chose.</summary>
    public Slowed Slowed { get; init; }

    /// <summary>The queue that its tickets wait in.</summary>
    public Lane Lane { get; init; }

    public required RetentionClass Retention { get; init; }

    /// <summary>The version of the server's settings that the tickets were made from.</summary>
    public required int SettingsVersion { get; init; }
}
