using AliveMcp.Cli.Looking;

namespace AliveMcp.Cli.Probe;

/// <summary>What the caller of <c>alivemcp probe</c> asked for.</summary>
internal sealed record ProbeArguments
{
    public required Look Look { get; init; }

    public bool AsJson { get; init; }

    /// <summary>JUnit XML goes to standard output, and nothing else does.</summary>
    public bool AsJunit { get; init; }

    /// <summary>JUnit XML goes into this file; null into none.</summary>
    public string? JunitFile { get; init; }

    public bool Traces { get; init; }

    public FailOn FailOn { get; init; } = FailOn.Degraded;
}
