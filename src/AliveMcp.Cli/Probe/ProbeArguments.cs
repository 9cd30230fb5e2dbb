using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Probe;

/// <summary>What the caller of <c>alivemcp probe</c> asked for.</summary>
internal sealed record ProbeArguments
{
    public required ProbeOrder Order { get; init; }

    public required bool AllowPrivate { get; init; }

    public required bool AsJson { get; init; }
}
