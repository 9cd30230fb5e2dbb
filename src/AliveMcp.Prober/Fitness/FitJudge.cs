using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Fitness;

/// <summary>
/// Lets a failure count only if we were fit to look all the while; a cell asks it about its own loop, the supervisor about its loop and
/// our network. An answer that came stands: neither our slowness nor a broken network of ours can make a dead server speak.
/// </summary>
internal sealed class FitJudge(LoopLag lag, References references)
{
    /// <param name="result">What a try said.</param>
    /// <param name="began">Timestamp of its start.</param>
    public TryResult Judge(TryResult result, long began) =>
        result.Attempt.State is ServerState.Live or ServerState.Unknown || Doubt(began) is not { } doubt
            ? result
            : Unfit(result, doubt);

    private string? Doubt(long began) =>
        lag.StruckSince(began) ? "expected to read answers as they came, got held up ourselves for more than a second"
        : references.AreSilent() ? "expected our reference targets to answer, got silence from most of them"
        : null;

    // What a blind look seemed to see must not be remembered about the server either; what it cost still counts.
    private static TryResult Unfit(TryResult result, string doubt) =>
        new()
        {
            Attempt = new ProbeAttempt
            {
                State = ServerState.Unknown,
                Why = Why.ProberUnfit,
                Detail = doubt,
                Phases = result.Attempt.Phases,
            },
            Observed = new Observed { Requests = result.Observed.Requests, Bytes = result.Observed.Bytes },
        };
}
