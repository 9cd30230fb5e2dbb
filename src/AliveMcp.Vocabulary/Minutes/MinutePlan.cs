namespace AliveMcp.Vocabulary.Minutes;

/// <summary>An opened minute: the rules by which it will be judged, fixed before anyone looks. Written by the planner, never changed.</summary>
public sealed record MinutePlan
{
    public required ServerKey Server { get; init; }

    public required MinuteStamp Minute { get; init; }

    /// <summary>The regions that shall look, in a fixed order; entries refer to them by place. 1 to 32.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>How many minutes the verdict stands for: the cadence of the server in this minute, 1 to 60.</summary>
    public required int Weight { get; init; }

    /// <summary>How many regions must fail before the minute is down, 1 to the number of regions.</summary>
    public required int Quorum { get; init; }

    /// <summary>Planned maintenance: probed and kept, but left out of uptime.</summary>
    public bool Maintenance { get; init; }

    /// <summary>One region by turn: a single failure is not yet down.</summary>
    public bool Rotating { get; init; }

    /// <summary>Why <see cref="Weight"/> may be longer than the cadence that the owner chose.</summary>
    public Slowed Slowed { get; init; }

    public required RetentionClass Retention { get; init; }

    /// <summary>The version of the server's settings that the tickets were made from.</summary>
    public required int SettingsVersion { get; init; }
}
