using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>
/// Judges one test call. The list came whole, so a call that fails takes something away from an agent, not everything: degraded, unless the
/// owner says that it is an outage, the time of the whole probe is over, or the server cannot even be reached any more.
/// A call that the server's list forbids us is an expectation that is not met: degraded, and never down, because we did not look.
/// </summary>
internal static class CallRules
{
    /// <summary>Null when the call passed, or was not made for no reason of the server's.</summary>
    public static Verdict? Judge(CallSighting call) =>
        call.Stop is { } stop ? Failed(call, stop)
        : call is { IsWithheldByServer: true, Withheld: { } why } ? Forbidden(call, why)
        : null;

    // Otherwise a server whose call fails could look well by taking its annotation back.
    private static Verdict Forbidden(CallSighting call, string why) =>
        new()
        {
            State = ServerState.Degraded,
            Why = Why.TestCallError,
            FailedAt = ProbeStep.TestCall,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Detail = $"tool {call.Tool}: {why}",
        };

    private static Verdict Failed(CallSighting call, Stop stop)
    {
        var why = call.Lacks != Why.None ? call.Lacks : WhyOf(stop);
        return new Verdict
        {
            State = StateOf(call, stop, why),
            Why = why,
            FailedAt = stop.Step,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Detail = $"tool {call.Tool}: {stop.Detail ?? "expected an answer in time, got silence"}",
            HttpStatus = stop.Status,
        };
    }

    private static ServerState StateOf(CallSighting call, Stop stop, Why why) =>
        WhyWords.Outcome(why) == ServerState.Unknown ? ServerState.Unknown
        : call.FailureIsDown || (call.TimeIsUp && why == Why.Timeout) ? ServerState.Down
        : stop.Step is ProbeStep.Resolve or ProbeStep.Connect or ProbeStep.Tls ? ServerState.Down
        : ServerState.Degraded;

    // The door let us in and to the list: a refusal here is this tool's answer, not the door's.
    private static Why WhyOf(Stop stop)
    {
        var why = StopReasons.Of(stop);
        return stop.Error?.Code == ErrorCode.ElicitationRequired ? Why.TestCallNeedsInput
            : why == Why.SessionLost ? why
            : stop.Fault == WireFault.RpcError || WhyWords.LayerOf(why, stop.Step) == FailureLayer.Auth
                ? Why.TestCallError
            : why;
    }
}
