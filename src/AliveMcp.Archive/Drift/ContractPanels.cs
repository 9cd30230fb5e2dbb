using AliveMcp.Collector.ContractVersions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>Reads the contract panel of a server.</summary>
public sealed class ContractPanels(ContractVersionQueries contracts, DeclaredDrifts declared, ContractFindings findings)
{
    private const int NamesShown = 200;
    internal const int DriftsShown = 5;

    /// <summary>The current contract; null when no tool list was ever seen.</summary>
    public async Task<ContractPanel?> CurrentAsync(ServerKey server, CancellationToken cancellationToken)
    {
        if (await contracts.CurrentAsync(server, cancellationToken) is not { } current)
        {
            return null;
        }

        var drifts = await declared.NewestAsync(server, DriftsShown, cancellationToken);
        var found = await findings.FindingsAsync(server, current.FullHash, cancellationToken);
        return Of(current, drifts, found);
    }

    internal static ContractPanel Of(
        CurrentContract current,
        IReadOnlyList<DeclaredDrift> drifts,
        IReadOnlyList<PanelFinding> findings
    ) =>
        new()
        {
            ToolCount = current.ToolCount,
            ToolNames = [.. current.ToolNames.Take(NamesShown)],
            ContractHash = current.ContractHash,
            FirstSeen = current.ContractFirstSeen,
            LookRequests = current.LookRequests,
            LookBytes = current.LookBytes,
            IssuesSessions = current.IssuesSessions,
            ProtocolVersion = current.ProtocolVersion,
            ServerName = current.ServerName,
            ServerVersion = current.ServerVersion,
            Era = current.Era,
            Transport = current.Transport,
            LastChange = drifts.Count == 0 ? null : drifts[0].Minute.Start,
            Drifts = drifts,
            Findings = findings,
        };
}
