namespace AliveMcp.Collector.Queues;

/// <summary>
/// Whether a region's probers fall behind, by the last five minutes of a lane. Pure. A depth alone says nothing: every minute begins with a
/// full queue. So the alarm goes by a percentile, which one slow moment does not move, and by whether it grows.
/// 1. On: of the due tickets that nobody took the 95th percentile is above a tenth of a minute's tickets, and the second half of the window
///    holds more than the first.
/// 2. Off: the percentile is back below.
/// </summary>
internal static class QueueAlarm
{
    /// <summary>Samples older than this do not count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Fewer samples are no trend.</summary>
    private const int FewestSamples = 12;

    private const double ShareOfMinute = 0.1;

    /// <summary>In a small install a tenth of a minute is a ticket or two.</summary>
    private const double Floor = 20;

    /// <param name="window">The oldest first.</param>
    /// <param name="isOn">What was said last.</param>
    public static bool IsOn(IReadOnlyList<QueueSample> window, bool isOn)
    {
        if (window.Count < FewestSamples || Percentile95(window) <= Limit(window))
        {
            return false;
        }

        return isOn || IsRising(window);
    }

    /// <summary>What is planned ahead of its start was, when the planner had just been there, about a minute's worth.</summary>
    private static double Limit(IReadOnlyList<QueueSample> window) =>
        Math.Max(Floor, ShareOfMinute * window.Max(sample => sample.Depth - sample.Due));

    private static long Percentile95(IReadOnlyList<QueueSample> window)
    {
        var sorted = window.Select(sample => sample.Due).Order().ToList();
        return sorted[(int)Math.Ceiling(0.95 * sorted.Count) - 1];
    }

    private static bool IsRising(IReadOnlyList<QueueSample> window)
    {
        var half = window.Count / 2;
        return window.Skip(half).Average(sample => sample.Due) > window.Take(half).Average(sample => sample.Due);
    }
}
