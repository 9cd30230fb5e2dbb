using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Collector.Memory;

/// <summary>Keeps at hand until when a server asked us to wait, so that its page can say so without asking Postgres: field <c>w</c> of <c>hot</c>.</summary>
internal sealed class BackoffNote(RedisDoor redis)
{
    private const string Field = HandoverKeys.HotPause;

    public async Task TellAsync(ServerMemory before, ServerMemory after)
    {
        var key = CollectorKeys.Hot(after.Server.Server);
        if (after.BackoffUntil == before.BackoffUntil)
        {
            return;
        }

        if (after.BackoffUntil is { } until)
        {
            await redis.Database.HashSetAsync(key, Field, until.ToUnixTimeMilliseconds());
            await redis.Database.KeyExpireAsync(key, MinuteTimes.Kept);
        }
        else
        {
            await redis.Database.HashDeleteAsync(key, Field);
        }
    }

    /// <returns>Null when it did not ask, or the moment is over and nobody knows any more.</returns>
    public static async Task<DateTimeOffset?> ReadAsync(IDatabase database, ServerId server) =>
        (long?)await database.HashGetAsync(CollectorKeys.Hot(server), Field) is { } until
            ? DateTimeOffset.FromUnixTimeMilliseconds(until)
            : null;
}
