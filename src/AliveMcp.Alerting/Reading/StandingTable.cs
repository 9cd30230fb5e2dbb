using AliveMcp.Alerting.Changes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Reading;

/// <summary>Standings as they are stored.</summary>
internal static class StandingTable
{
    /// <summary>All standings of some shards.</summary>
    public static async Task<IEnumerable<(ServerKey Server, Standing Standing)>> LoadAsync(
        NpgsqlTransaction transaction,
        IEnumerable<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.Connection!.QueryAsync<(int Tenant, int Server, string Standing)>(
            new CommandDefinition(
                "SELECT tenant_id, server_id, standing FROM alerting.standing WHERE server_id % 64 = ANY(@shards)",
                new { shards = shards.Select(shard => shard.Value).ToArray() },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        return rows.Select(row =>
            (new ServerKey(new TenantId(row.Tenant), new ServerId(row.Server)), Standing.FromJson(row.Standing))
        );
    }

    /// <summary>Writes them; a server that was erased gets no row.</summary>
    public static Task SaveAsync(
        NpgsqlTransaction transaction,
        IReadOnlyCollection<(ServerKey Server, Standing Standing)> servers,
        CancellationToken cancellationToken
    ) =>
        servers.Count == 0
            ? Task.CompletedTask
            : transaction.Connection!.ExecuteAsync(
                new CommandDefinition(
                    """
                    INSERT INTO alerting.standing (server_id, tenant_id, standing)
                    SELECT * FROM unnest(@ids, @tenants, @standings)
                    ON CONFLICT (server_id) DO UPDATE SET standing = excluded.standing
                    """,
                    new
                    {
                        ids = servers.Select(one => one.Server.Server.Value).ToArray(),
                        tenants = servers.Select(one => one.Server.Tenant.Value).ToArray(),
                        standings = servers.Select(one => one.Standing.ToJson()).ToArray(),
                    },
                    transaction,
                    cancellationToken: cancellationToken
                )
            );
}
