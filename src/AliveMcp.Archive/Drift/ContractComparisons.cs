using System.Text.Json;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts.Changes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>Compares any two lists that a server showed, by their hashes.</summary>
public sealed class ContractComparisons(ContractVersionQueries contracts)
{
    private const int MostChanges = 200;

    /// <summary>What differs; a problem when the server never showed one of them, or its text is not kept or too large to explain.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="from">Full or contract hash, as the versions tell it. Of a contract hash the newest list is meant.</param>
    /// <param name="to">Likewise.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ContractComparison>> CompareAsync(
        ServerKey server,
        string from,
        string to,
        CancellationToken cancellationToken
    )
    {
        if (await contracts.FindAsync(server, from, cancellationToken) is not { } before)
        {
            return ContractProblems.NotFound("from", from);
        }

        if (await contracts.FindAsync(server, to, cancellationToken) is not { } after)
        {
            return ContractProblems.NotFound("to", to);
        }

        if (await contracts.TextAsync(server, before.FullHash, cancellationToken) is not { } old)
        {
            return ContractProblems.TextNotFound("from", before.FullHash);
        }

        return await contracts.TextAsync(server, after.FullHash, cancellationToken) is { } now
            ? Compare(before, old, after, now)
            : ContractProblems.TextNotFound("to", after.FullHash);
    }

    private static Result<ContractComparison> Compare(
        KeptContract before,
        ReadOnlyMemory<byte> old,
        KeptContract after,
        ReadOnlyMemory<byte> now
    )
    {
        try
        {
            var isAcross = !string.Equals(before.ProtocolVersion, after.ProtocolVersion, StringComparison.Ordinal);
            var changes = isAcross
                ? ContractDiff.CompareAcross(old, before.ProtocolVersion, now, after.ProtocolVersion)
                : ContractDiff.Compare(old, now);
            return new ContractComparison
            {
                From = before,
                To = after,
                AcrossVersions = isAcross,
                Classes = [.. DriftWords.Classes(changes).Select(DriftWords.Word)],
                Changes = [.. changes.Take(MostChanges).Select(ComparedChange.Of)],
                ChangeCount = changes.Count,
            };
        }
        catch (JsonException)
        {
            return ContractProblems.TextNotFound("from", before.FullHash);
        }
    }
}
