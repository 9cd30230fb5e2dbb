using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Memory;

/// <summary>
/// How long we stay away from a server that asked us to. Pure.
/// 1. What it names counts: of a 429 from a minute to an hour, of a 503 from a minute to five.
/// 2. A 429 that names nothing: 2 minutes, then 4, 8 and so on up to 60, while looks behind the pause are refused again.
/// 3. The first look behind the pause that is answered otherwise ends it. What was under way when the pause began does not.
/// </summary>
internal static class BackoffRule
{
    private const int FirstMinutes = 2;
    private const int MostMinutes = 60;

    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostOfLimited = TimeSpan.FromMinutes(MostMinutes);

    /// <summary>A server that is merely unavailable is not lost from sight for longer.</summary>
    private static readonly TimeSpan MostOfUnavailable = TimeSpan.FromMinutes(5);

    public static ServerMemory Learn(ServerMemory memory, RegionEntry entry, Observed observed, DateTimeOffset now)
    {
        var isWaiting = memory.BackoffUntil > now;
        if (Asked(memory, entry, observed, isWaiting) is { } asked)
        {
            var until = now + asked + (asked * Jitter(memory.Url, now));

            // Regions of one minute say the same within seconds: that is one request, not three.
            return isWaiting && until <= memory.BackoffUntil + Least
                ? memory
                : memory with
                {
                    BackoffUntil = until,
                    BackoffMinutes = (int)Math.Ceiling(asked.TotalMinutes),
                };
        }

        return isWaiting || memory.BackoffUntil is null || entry.State == ServerState.Unknown
            ? memory
            : memory with
            {
                BackoffUntil = null,
                BackoffMinutes = 0,
            };
    }

    private static TimeSpan? Asked(ServerMemory memory, RegionEntry entry, Observed observed, bool isWaiting)
    {
        var isLimited = entry.Why == Why.RateLimited;
        if (observed.RetryAfter is { } named && (isLimited || entry.Why == Why.HttpError))
        {
            return TimeSpan.FromTicks(
                Math.Clamp(named.Ticks, Least.Ticks, (isLimited ? MostOfLimited : MostOfUnavailable).Ticks)
            );
        }

        if (!isLimited)
        {
            return null;
        }

        var minutes = isWaiting ? memory.BackoffMinutes : 2 * memory.BackoffMinutes;
        return TimeSpan.FromMinutes(Math.Clamp(minutes, FirstMinutes, MostMinutes));
    }

    /// <summary>
    /// Up to a tenth later, never earlier: servers that refused us at the same moment are not asked again at the same moment. By URL, so that
    /// those who share a look go on sharing it.
    /// </summary>
    private static double Jitter(string url, DateTimeOffset now) =>
        Schedule.StartTimes.Mix(Schedule.StartTimes.Hash(url) ^ (uint)MinuteStamp.Of(now).Value) % 101 / 1_000.0;
}
