using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>
/// Judges one test call. The list came whole, so a call that fails takes something away from an agent, not everything: degraded, unless the
/// owner says that it is an outage, the time of the whole probe is over, or the server cannot even be reached any more.
/// </summary>
internal static class CallRules
{
    /// <summary>Null when the call passed or was not made.</summary>
    public static Verdict? Judge(CallSighting call)
    {
        if (call.Stop is not { } stop)
        {
            return null;
        }

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
