using AliveMcp.Archive.Status;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.StatusPages.Standings;

/// <summary>The status of servers, of what is at hand when the archive does not answer, and the cheap question whether it can have changed.</summary>
internal sealed class VerdictSource(StatusQueries statuses, StatusAtHand atHand, RedisDoor redis)
{
    /// <summary>The stamp of the newest sealed minute in <c>hot</c>.</summary>
    private const string NewestMinute = "am";

    public Task<ServerStatus> StatusAsync(ServerKey server, CancellationToken cancellationToken) =>
        statuses.GetAsync(server, cancellationToken);

    /// <inheritdoc cref="StatusQueries.GetManyAsync"/>
    public Task<IReadOnlyDictionary<ServerId, ServerStatus>> StatusesAsync(
        IReadOnlyCollection<ServerKey> servers,
        CancellationToken cancellationToken
    ) => statuses.GetManyAsync(servers, cancellationToken);

    /// <inheritdoc cref="StatusAtHand.GetManyAsync"/>
    public Task<IReadOnlyDictionary<ServerKey, ServerStatus>> AtHandAsync(
        IReadOnlyDictionary<ServerKey, ServerStatus> last
    ) => atHand.GetManyAsync(last);

    /// <summary>The newest sealed minute.</summary>
    /// <returns>Null when Redis cannot say: the archive then answers alone.</returns>
    public async Task<string?> NewestAsync(ServerKey server)
    {
        try
        {
            return redis.IsConnected
                ? (string?)await redis.Database.HashGetAsync(HandoverKeys.Hot(server.Server), NewestMinute)
                : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }
}
