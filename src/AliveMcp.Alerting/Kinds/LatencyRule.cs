using AliveMcp.Archive.History;

namespace AliveMcp.Alerting.Kinds;

/// <summary>When a server is slow: beside itself, and for whoever waits for it.</summary>
internal static class LatencyRule
{
    /// <summary>Milliseconds under which nobody calls it slow.</summary>
    private const int Slow = 1000;

    /// <summary>Milliseconds that it must be slower than usual.</summary>
    private const int Slower = 500;

    /// <summary>
    /// It begins above three times the usual, half a second more and at least a second; it ends at twice the usual, or when one of the others no longer
    /// holds: what swings around one bound is one incident.
    /// </summary>
    public static bool IsSlow(ComparedLatency latency, bool wasSlow) =>
        latency.Now >= Slow
        && latency.Now - latency.Usual >= Slower
        && latency.Now > latency.Usual * (wasSlow ? 2L : 3L);

    public static string Sentence(ComparedLatency latency) =>
        FormattableString.Invariant(
            $"The median of the last {LatencyWatch.Recent} minutes is {latency.Now} ms; at this hour it is usually {latency.Usual} ms."
        );
}
