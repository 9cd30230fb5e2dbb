using AliveMcp.Prober.Supervisor;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Fitness;

/// <summary>
/// A probe whose failures count only if we were fit to look all the while. An answer that came stands: neither our slowness
/// nor a broken network of ours can make a dead server speak.
/// </summary>
internal sealed class FitProbe(ProbeCall probe, LoopLag lag, References references, TimeProvider time)
{
    public async Task<ProbeResult> ProbeAsync(ProbeOrder order, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var result = await probe(order, cancellationToken);
        return result.Attempt.State == ServerState.Live || Doubt(began) is not { } doubt
            ? result
            : Unfit(result, doubt);
    }

    private string? Doubt(long began) =>
        lag.StruckSince(began) ? "expected to read answers as they came, got held up ourselves for more than a second"
        : references.AreSilent() ? "expected our reference targets to answer, got silence from most of them"
        : null;

    // What a blind look seemed to see must not be remembered about the server either; what it cost still counts.
    private static ProbeResult Unfit(ProbeResult result, string doubt) =>
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
