using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Minutes;

/// <summary>Folds one region's tries into its entry of the minute: the better try stands, the first one counts for rates and percentiles.</summary>
internal static class RegionFold
{
    /// <param name="region">Who speaks.</param>
    /// <param name="attempts">One or two, in their order; none counts as one that could not look.</param>
    /// <param name="contractHash">Of the list that was seen, or null.</param>
    public static RegionEntry Fold(Region region, IReadOnlyList<ProbeAttempt> attempts, string? contractHash)
    {
        if (attempts.Count == 0)
        {
            return new RegionEntry
            {
                Region = region,
                State = ServerState.Unknown,
                Why = Why.ProberUnfit,
                Tries = 1,
            };
        }

        var first = attempts[0];
        var better = attempts.MinBy(attempt => Rank(attempt.State))!;
        var blind = better.State == ServerState.Unknown;
        return new RegionEntry
        {
            Region = region,
            State = better.State,
            Why = better.Why,
            FailedAt = blind ? null : better.FailedAt,
            Access = better.Access,
            VerifiedTo = better.VerifiedTo,
            Tries = Math.Min(attempts.Count, 2),
            // A try that could not look is our trouble, not the server's error rate.
            FirstTryFailed = first.State is ServerState.Degraded or ServerState.Down,
            Phases = better.Phases.Total == 0 && blind ? null : better.Phases,
            FirstTryTotal = Answered(first) ? first.Phases.Total : null,
            ContractMark = RegionEntry.MarkOf(contractHash),
        };
    }

    private static bool Answered(ProbeAttempt attempt) => attempt.State is ServerState.Live or ServerState.Degraded;

    /// <summary>Live before degraded before down before unknown; of two equal ones the first stands.</summary>
    private static int Rank(ServerState state) =>
        state switch
        {
            ServerState.Live => 0,
            ServerState.Degraded => 1,
            ServerState.Down => 2,
            _ => 3,
        };
}
