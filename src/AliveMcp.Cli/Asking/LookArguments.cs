namespace AliveMcp.Cli.Asking;

/// <summary>What <c>alivemcp look</c> was asked.</summary>
internal sealed record LookArguments
{
    /// <summary>The server's slug.</summary>
    public required string Server { get; init; }

    /// <summary>From where; null: from wherever a prober lives.</summary>
    public string? Region { get; init; }

    public required bool AsJson { get; init; }

    /// <summary>Where the install answers, without path.</summary>
    public required Uri Url { get; init; }

    public required string TokenFile { get; init; }
}
