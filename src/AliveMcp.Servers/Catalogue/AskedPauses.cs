using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Servers.Catalogue;

/// <summary>Until when servers asked to be left alone, as it is kept at hand. A Redis that is away or slow says nothing, never an error.</summary>
internal sealed class AskedPauses(RedisDoor redis, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>Null: it did not ask, or the moment is over.</returns>
    public async Task<SeenPause?> OfAsync(ServerId server)
    {
        if (!redis.IsConnected)
        {
            return null;
        }

        try
        {
            var field = await redis
                .Database.HashGetAsync(HandoverKeys.Hot(server), HandoverKeys.HotPause)
                .WaitAsync(Patience, time);
            return
                (long?)field is { } wait
                && DateTimeOffset.FromUnixTimeMilliseconds(wait) is var until
                && until > time.GetUtcNow()
                ? new SeenPause(until, SlowedWords.Word(Slowed.Asked)!, SlowedWords.Until(until))
                : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }
}

/// <summary>How the API shows that a server asked us to look less often.</summary>
/// <param name="Until">Before this it is not looked at.</param>
/// <param name="Why">A stable word: <c>asked</c>.</param>
/// <param name="Detail">A sentence for people.</param>
internal sealed record SeenPause(DateTimeOffset Until, string Why, string Detail);
