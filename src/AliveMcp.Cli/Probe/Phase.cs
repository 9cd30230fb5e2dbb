namespace AliveMcp.Cli.Probe;

/// <summary>One phase of a look as it is told: what it took, what came, what was seen.</summary>
internal sealed record Phase
{
    public required string Name { get; init; }

    public required PhaseEnd End { get; init; }

    /// <summary>Since the look's start.</summary>
    public TimeSpan BeganAt { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Bytes of bodies received; null where there are none.</summary>
    public long? Bytes { get; init; }

    /// <summary>Safe to print.</summary>
    public string Note { get; init; } = "";
}

/// <summary>How a phase ended.</summary>
internal enum PhaseEnd
{
    Good,

    /// <summary>It is where the look failed.</summary>
    Failed,

    /// <summary>It went nowhere, and the look went on another way.</summary>
    PassedBy,

    NotReached,
}
