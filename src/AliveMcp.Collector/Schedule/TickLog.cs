using System.Globalization;
using AliveMcp.Storage.Redis;

namespace AliveMcp.Collector.Schedule;

/// <summary>When any scheduler last planned, so that the first one after a downtime knows that there was one.</summary>
internal sealed class TickLog(RedisDoor redis, RedisClock clock)
{
    /// <summary>Longer than a fail-over, which is invisible because minutes are planned 20 s ahead.</summary>
    private static readonly TimeSpan Downtime = TimeSpan.FromSeconds(25);

    public Task<DateTimeOffset> NowAsync() => clock.NowAsync();

    /// <summary>Notes a round.</summary>
    /// <returns>True when nobody planned for so long that a minute was missed, or nobody knows.</returns>
    public async Task<bool> NoteAsync(DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        var before = (string?)await redis.Database.StringGetSetAsync(CollectorKeys.LastTick, milliseconds);
        return !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || milliseconds - last > Downtime.TotalMilliseconds;
    }
}
