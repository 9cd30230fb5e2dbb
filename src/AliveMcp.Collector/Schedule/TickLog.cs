using System.Globalization;
using AliveMcp.Storage.Redis;

namespace AliveMcp.Collector.Schedule;

/// <summary>When any scheduler last planned, so that the first one after a downtime knows that there was one.</summary>
internal sealed class TickLog(RedisDoor redis, RedisClock clock)
{
    private static readonly TimeSpan Downtime = TimeSpan.FromSeconds(60);

    public Task<DateTimeOffset> NowAsync() => clock.NowAsync();

    /// <summary>Notes a round.</summary>
    /// <returns>True when nobody planned for a minute before it, or nobody knows.</returns>
    public async Task<bool> NoteAsync(DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        var before = (string?)await redis.Database.StringGetSetAsync(CollectorKeys.LastTick, milliseconds);
        return !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || milliseconds - last > Downtime.TotalMilliseconds;
    }
}
