using AliveMcp.Cli.Looking;
using AliveMcp.Contracts;

namespace AliveMcp.Cli.Locks;

/// <summary>A contract as a repository keeps it: the whole list, and under which conditions it was taken.</summary>
internal sealed record ContractLock
{
    /// <summary>Version of the file's shape.</summary>
    public const int Version = 1;

    /// <summary>The endpoint, without what its query may give away.</summary>
    public required string Url { get; init; }

    /// <summary>The revision that was spoken; null when the file does not tell.</summary>
    public required string? ProtocolVersion { get; init; }

    /// <summary>When it was taken; null unless that was asked for, so that the same contract gives the same file.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    public required ContractDocument Contract { get; init; }

    /// <summary>What a look saw.</summary>
    /// <exception cref="CallFailedException">It saw no whole list.</exception>
    public static ContractLock Of(Sight sight, Look look)
    {
        if (sight.Result.Contract is not { } contract)
        {
            throw NoContract.Of(sight.Result.Attempt, look);
        }

        return new ContractLock
        {
            // The first request goes to the URL that was asked for, and is told without its secrets.
            Url = sight.Exchanges[0].Url,
            ProtocolVersion = sight.Result.Observed.ProtocolVersion,
            Contract = contract,
        };
    }
}
