using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests.Judging;

/// <summary>Every way in which a probe can be stopped: all faults at all steps, with what an answer may say besides.</summary>
internal static class EveryStop
{
    public static IEnumerable<Stop> All() =>
        from fault in Enum.GetValues<WireFault>()
        where fault is not (WireFault.None or WireFault.Unfit)
        from step in Enum.GetValues<ProbeStep>()
        from status in new int?[] { null, 200, 202, 301, 400, 401, 403, 404, 405, 418, 429, 500, 503, 599 }
        from inSession in new[] { false, true }
        from signs in new HttpSigns?[]
        {
            null,
            new(),
            new()
            {
                Wall = "W",
                Challenge = "Bearer",
                SpeaksOfSession = true,
                Location = "/login",
            },
        }
        from error in new RpcError?[] { null, new(-32001, "token", []), new(-32022, null, []) }
        select new Stop
        {
            Fault = fault,
            Step = step,
            Status = status,
            InSession = inSession,
            Signs = signs,
            Error = error,
        };
}
