using AliveMcp.Alerting.Deliveries;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Suppression;

/// <summary>Sees clusters of strangers' failures form from first bad minutes, before anything is confirmed, and end by themselves.</summary>
internal sealed class ClusterWatch(PostgresDoors doors, OperatorAlarms alarms, TimeProvider clock)
{
    /// <summary>Without another first bad minute, and with nothing of it still failing.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(10);

    private const string Failing = """
        SELECT f.server_id AS ServerId, f.tenant_id AS TenantId, s.visibility = 1 AS IsPublic, COALESCE(o.causes, '{}') AS Causes,
            f.failure_reason AS Reason, f.failed_regions AS Failed, f.asked_regions AS Asked
        FROM alerting.first_bad AS f JOIN servers.server AS s USING (server_id) LEFT JOIN alerting.origin AS o USING (server_id)
        WHERE f.minute > @since
        """;

    private const string Watched = """
        SELECT cause AS Cause, count(*)::int AS Servers FROM alerting.origin AS o JOIN servers.server AS s USING (server_id)
        CROSS JOIN LATERAL unnest(o.causes) AS cause
        WHERE o.causes && @causes AND s.paused_at IS NULL AND s.erase_asked_at IS NULL GROUP BY cause
        """;

    private const string Open = """
        INSERT INTO alerting.cluster (cause, opened_at, last_bad_at, tenants, servers, public_servers)
        VALUES (@Cause, @now, @now, @Tenants, @Servers, @PublicServers)
        ON CONFLICT (cause) WHERE closed_at IS NULL DO UPDATE SET last_bad_at = @now,
            tenants = GREATEST(cluster.tenants, excluded.tenants), servers = GREATEST(cluster.servers, excluded.servers),
            public_servers = GREATEST(cluster.public_servers, excluded.public_servers)
        """;

    private const string Close = """
        UPDATE alerting.cluster AS c SET closed_at = @now
        WHERE closed_at IS NULL AND last_bad_at < @calmSince AND NOT EXISTS (
            SELECT FROM alerting.bundle AS b WHERE b.cluster_id = c.cluster_id AND b.resolved_at IS NULL)
            -- What is held back by a region of ours and lasts shows that the region is still ill, as long as it is many of those that it hit.
            AND (SELECT count(DISTINCT a.server_id) FROM alerting.alert AS a JOIN alerting.incident AS i USING (incident_id)
                WHERE a.held_by = c.cluster_id AND i.state <> 'resolved') < GREATEST(@many, c.servers * @share)
        RETURNING cause
        """;

    /// <summary>What outlasts its cluster is told after all, even what a router held back while the cluster was being closed; the rest is over.</summary>
    private const string Release = """
        UPDATE alerting.alert AS a SET routed_at = NULL, held_by = NULL
        FROM alerting.incident AS i
        WHERE a.held_by IN (SELECT cluster_id FROM alerting.cluster WHERE closed_at IS NOT NULL)
            AND i.incident_id = a.incident_id AND i.state <> 'resolved'
        """;

    /// <summary>Looks once; one process at a time does.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(Command("SELECT pg_try_advisory_xact_lock(7142, 0)", null)))
        {
            return;
        }

        foreach (var found in await FindAsync(connection, Command, now))
        {
            await connection.ExecuteAsync(
                Command(
                    Open,
                    new
                    {
                        found.Cause,
                        found.Tenants,
                        found.Servers,
                        found.PublicServers,
                        now,
                    }
                )
            );
            if (Causes.IsRegion(found.Cause))
            {
                await alarms.RaiseAsync(connection, transaction, OwnRegion(found), cancellationToken);
            }
        }

        var closed = (
            await connection.QueryAsync<string>(
                Command(
                    Close,
                    new
                    {
                        now,
                        calmSince = now - Calm,
                        many = ClusterRule.Servers,
                        share = ClusterRule.Share,
                    }
                )
            )
        ).AsList();
        await connection.ExecuteAsync(Command(Release, values: null));
        await transaction.CommitAsync(cancellationToken);
        foreach (var cause in closed.Where(Causes.IsRegion))
        {
            await alarms.EndAsync(AlarmOf(cause), cancellationToken);
        }

        CommandDefinition Command(string sql, object? values) =>
            new(sql, values, transaction, cancellationToken: cancellationToken);
    }

    private static async Task<IReadOnlyList<FoundCluster>> FindAsync(
        NpgsqlConnection connection,
        Func<string, object?, CommandDefinition> command,
        DateTimeOffset now
    )
    {
        var since = (int)((now - ClusterRule.Window).ToUnixTimeSeconds() / 60) - 1;
        var failing = (await connection.QueryAsync<Row>(command(Failing, new { since })))
            .Select(row => row.ToServer())
            .ToList();
        if (failing.Count < ClusterRule.Servers)
        {
            return [];
        }

        var causes = failing.SelectMany(server => server.AllCauses).Distinct(StringComparer.Ordinal).ToArray();
        var watched = (
            await connection.QueryAsync<(string Cause, int Servers)>(command(Watched, new { causes }))
        ).ToDictionary(row => row.Cause, row => row.Servers, StringComparer.Ordinal);
        var all = await connection.ExecuteScalarAsync<int>(
            command("SELECT count(*)::int FROM servers.server WHERE paused_at IS NULL AND erase_asked_at IS NULL", null)
        );
        return ClusterRule.Find(failing, watched, all);
    }

    private static string AlarmOf(string cause) => $"own_{cause}";

    private static OperatorAlarm OwnRegion(FoundCluster found) =>
        new(
            AlarmOf(found.Cause),
            "own_region",
            FormattableString.Invariant(
                $"{found.Servers} servers of {found.Tenants} tenants fail in {Causes.Shown(found.Cause)} alone: it is ours. No tenant is paged."
            )
        );

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int ServerId { get; init; }
        public int TenantId { get; init; }
        public bool IsPublic { get; init; }
        public string[] Causes { get; init; } = [];
        public short Reason { get; init; }
        public string[] Failed { get; init; } = [];
        public string[] Asked { get; init; } = [];

        public FailingServer ToServer() =>
            new()
            {
                ServerId = ServerId,
                TenantId = TenantId,
                IsPublic = IsPublic,
                Why = (Why)Reason,
                Causes = Causes,
                Failed = Failed,
                Asked = Asked,
            };
    }
}
