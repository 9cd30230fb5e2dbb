using AliveMcp.Collector.ContractVersions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>Reads the contract panel of a server.</summary>
public sealed class ContractPanels(ContractVersionQueries contracts, DeclaredDrifts declared, ContractFindings findings)
{
    private const int NamesShown = 200;
    private const int DriftsShown = 5;

    /// <summary>The current contract; null when no tool list was ever seen.</summary>
    public async Task<ContractPanel?> CurrentAsync(ServerKey server, CancellationToken cancellationToken)
    {
        if (await contracts.CurrentAsync(server, cancellationToken) is not { } current)
        {
            return null;
        }

        var versions = await contracts.SinceAsync(server, DateTimeOffset.UnixEpoch, cancellationToken);
        var drifts = await declared.NewestAsync(server, DriftsShown, cancellationToken);
        var found = await findings.FindingsAsync(server, current.FullHash, cancellationToken);
        return Of(current, versions) with
        {
            LastChange = drifts.Count == 0 ? null : drifts[0].Minute.Start,
            Drifts = drifts,
            Findings = found,
        };
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
}
