namespace AliveMcp.Cli.Apply;

/// <summary>What <c>alivemcp apply</c> was asked.</summary>
internal sealed record ApplyArguments
{
    /// <summary>Path of the servers file; <c>-</c> is standard input.</summary>
    public required string File { get; init; }

    public required bool Prune { get; init; }

    public required bool DryRun { get; init; }

    /// <summary>Where the install answers, without path.</summary>
    public required Uri Url { get; init; }

    public required string TokenFile { get; init; }
}
