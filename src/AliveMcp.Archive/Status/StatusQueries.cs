using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Status;

/// <summary>The one home of a server's status: page, badge, embed, API and feeds ask here.</summary>
public sealed class StatusQueries(PostgresDoors doors, RedisDoor redis, TimeProvider clock)
{
    private readonly HotReader _hot = new(redis, clock);
    private readonly PastReader _past = new(doors);

    /// <summary>The status now. A server of which nothing is known is <see cref="ServerState.Unknown"/>, never an error.</summary>
    public async Task<ServerStatus> GetAsync(ServerKey server, CancellationToken cancellationToken)
    {
        var all = await GetManyAsync([server], cancellationToken);
        return all[server.Server];
    }

    /// <summary>The status of many servers: one question to Redis, one statement for each tenant. Every server asked for is answered.</summary>
    public async Task<IReadOnlyDictionary<ServerId, ServerStatus>> GetManyAsync(
        IReadOnlyCollection<ServerKey> servers,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var hot = await _hot.ReadAsync(servers);
        var statuses = new Dictionary<ServerId, ServerStatus>(servers.Count);
        foreach (var tenant in servers.Distinct().GroupBy(server => server.Tenant))
        {
            var redisForgot = tenant.Any(server => hot[server].LastKnown is null);
            var numbers = tenant.Select(server => server.Server);
            var past = await _past.ReadAsync(tenant.Key, numbers, now, redisForgot, cancellationToken);
            foreach (var server in tenant)
            {
                var own = past.GetValueOrDefault(server.Server, ServerPast.Empty);
                statuses[server.Server] = ServerStatus.From(own.Complete(hot[server]), own.Rollups, now);
            }
        }

        return statuses;
    }
}
