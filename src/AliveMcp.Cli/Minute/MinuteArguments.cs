namespace AliveMcp.Cli.Minute;

/// <summary>What <c>alivemcp minute</c> was asked.</summary>
internal sealed record MinuteArguments
{
    /// <summary>The server's slug.</summary>
    public required string Server { get; init; }

    /// <summary>An instant, a count of minutes, or <c>latest</c>.</summary>
    public required string Minute { get; init; }

    public required bool AsJson { get; init; }

    /// <summary>Where the install answers, without path.</summary>
    public required Uri Url { get; init; }

    public required string TokenFile { get; init; }
}
