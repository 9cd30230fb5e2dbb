using AliveMcp.Collector.ContractVersions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>Reads the contract panel of a server.</summary>
public sealed class ContractPanels(ContractVersionQueries contracts, ContractStories stories)
{
    private const int NamesShown = 200;

    /// <summary>The current contract; null when no tool list was ever seen.</summary>
    public async Task<ContractPanel?> CurrentAsync(ServerKey server, CancellationToken cancellationToken)
    {
        if (await contracts.CurrentAsync(server, cancellationToken) is not { } current)
        {
            return null;
        }

        var versions = await contracts.SinceAsync(server, DateTimeOffset.UnixEpoch, cancellationToken);
        var lists = (ContractStories.Before(current.FullHash, versions), current.FullHash);
        return await stories.TellAsync(Of(current, versions), server, lists, cancellationToken);
    }

    internal static ContractPanel Of(CurrentContract current, IReadOnlyList<ContractVersionRow> versions)
    {
        var same = versions.FirstOrDefault(version => version.ContractHash == current.ContractHash);
        return new ContractPanel
        {
            ToolCount = current.ToolCount,
            ToolNames = [.. current.ToolNames.Take(NamesShown)],
            ContractHash = current.ContractHash,
            FirstSeen = same?.FirstSeen ?? current.FirstSeen,
            LastChange = LastChange(versions),
            LookRequests = current.LookRequests,
            LookBytes = current.LookBytes,
            IssuesSessions = current.IssuesSessions,
            ProtocolVersion = current.ProtocolVersion,
            ServerName = current.ServerName,
            ServerVersion = current.ServerVersion,
            Era = current.Era,
            Transport = current.Transport,
        };
    }

    /// <summary>Versions that differ in their texts only are the same contract.</summary>
    private static DateTimeOffset? LastChange(IReadOnlyList<ContractVersionRow> versions)
    {
        for (var i = versions.Count - 1; i > 0; i--)
        {
            if (versions[i].ContractHash != versions[i - 1].ContractHash)
            {
                return versions[i].FirstSeen;
            }
        }

        return null;
    }
}
