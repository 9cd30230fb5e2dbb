using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>What the owner of a server may know of its subscribers: how many there are.</summary>
internal sealed class SubscriptionQueries(PostgresDoors doors)
{
    public async Task<SubscriberCount> CountAsync(ServerKey server, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT count(*) FILTER (WHERE kind = 1)::int AS Email, count(*) FILTER (WHERE kind = 2)::int AS Webhook
            FROM alerting.subscription WHERE server_id = @server AND confirmed_at IS NOT NULL
            """;
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        return await session.Connection.QuerySingleAsync<SubscriberCount>(
            session.Command(sql, new { server = server.Server.Value }, cancellationToken)
        );
    }
}

/// <summary>How many hear of a server's trouble.</summary>
/// <param name="Email">By mail.</param>
/// <param name="Webhook">By webhook.</param>
internal sealed record SubscriberCount(int Email, int Webhook);
