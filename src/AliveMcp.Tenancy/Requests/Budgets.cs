using System.Collections.Concurrent;
using AliveMcp.Storage.Redis;
using StackExchange.Redis;

namespace AliveMcp.Tenancy.Requests;

/// <summary>
/// Counts requests by minute, for all replicas together in Redis: one increment, whose key carries the minute. While Redis is away or slow
/// each replica counts for itself: a limit that is too generous for a while, and never one that shuts everybody out.
/// </summary>
internal sealed class Budgets(RedisDoor redis, TimeProvider clock)
{
    private const int Window = 60;
    private const int MostAtHand = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2 * Window);

    private readonly ConcurrentDictionary<string, long> _atHand = new(StringComparer.Ordinal);
    private long _minuteAtHand;

    public async Task<BudgetLeft> TakeAsync(Budget budget, int cost)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var minute = now / Window;
        var name = $"limit:{budget.Policy}:{budget.Owner}";
        var spent = await SpendAsync($"{name}:{minute}", cost) ?? SpendAtHand(name, minute, cost);
        return new BudgetLeft(budget, budget.Quota - spent, TimeSpan.FromSeconds(Window - (now % Window)));
    }

    /// <returns>Null: Redis cannot say.</returns>
    private async Task<long?> SpendAsync(string key, int cost)
    {
        if (!redis.IsConnected)
        {
            return null;
        }

        try
        {
            var spent = redis.Database.StringIncrementAsync(key, cost);
            _ = redis.Database.KeyExpireAsync(key, Kept, CommandFlags.FireAndForget);
            return await spent.WaitAsync(Patience, clock);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }

    private long SpendAtHand(string key, long minute, int cost)
    {
        // Once a minute, by whoever comes first in it.
        if (Interlocked.Exchange(ref _minuteAtHand, minute) != minute || _atHand.Count > MostAtHand)
        {
            _atHand.Clear();
        }

        return _atHand.AddOrUpdate(key, cost, (_, spent) => spent + cost);
    }
}
