using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Alerting.Suppression;

/// <summary>Keeps beside every server what it may have in common with others.</summary>
internal sealed class OriginLedger(PostgresDoors doors)
{
    private const string Changed = """
        WITH edge AS (
            SELECT d.server_id, t.server_id AS needs FROM servers.server AS d CROSS JOIN LATERAL unnest(d.depends_on) AS named (other)
            JOIN servers.server AS t ON t.tenant_id = d.tenant_id AND t.slug = named.other AND t.erase_asked_at IS NULL
            WHERE d.depends_on <> '{}' AND d.erase_asked_at IS NULL),
        needed AS (
            SELECT server_id, array_agg(needs ORDER BY needs) AS needs
            FROM (SELECT server_id, needs FROM edge UNION SELECT needs, needs FROM edge) AS one GROUP BY server_id)
        SELECT s.server_id AS ServerId, s.tenant_id AS TenantId, s.origin AS Origin, r.blocks AS Blocks,
            r.certificate_issuer AS Issuer, r.seen_at AS ReachAt, COALESCE(n.needs, '{}') AS Needs
        FROM servers.server AS s LEFT JOIN alerting.origin AS o USING (server_id) LEFT JOIN alerting.reach AS r USING (server_id)
        LEFT JOIN needed AS n USING (server_id)
        WHERE s.erase_asked_at IS NULL AND (o.origin IS DISTINCT FROM s.origin OR o.reach_at IS DISTINCT FROM r.seen_at
            OR o.needs IS DISTINCT FROM COALESCE(n.needs, '{}'))
        ORDER BY s.server_id LIMIT @AtOnce
        """;

    /// <summary>Lists of causes travel as one text each: Postgres has no arrays of arrays of different lengths.</summary>
    private const string Put = """
        INSERT INTO alerting.origin (tenant_id, server_id, origin, causes, reach_at, needs)
        SELECT tenant_id, server_id, origin, string_to_array(causes, '|'), reach_at, string_to_array(needs, '|')::integer[]
        FROM unnest(@tenants, @servers, @origins, @causes, @reaches, @needs) AS seen (tenant_id, server_id, origin, causes, reach_at, needs)
        ON CONFLICT (server_id) DO UPDATE
        SET origin = excluded.origin, causes = excluded.causes, reach_at = excluded.reach_at, needs = excluded.needs
        """;

    private const int AtOnce = 5000;

    /// <summary>Returns how many were new or another; more may wait when it is as many as fit.</summary>
    public async Task<int> LearnAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = (
            await connection.QueryAsync<Row>(
                new CommandDefinition(Changed, new { AtOnce }, cancellationToken: cancellationToken)
            )
        ).ToList();
        if (rows.Count > 0)
        {
            var values = new
            {
                tenants = rows.Select(row => row.TenantId).ToArray(),
                servers = rows.Select(row => row.ServerId).ToArray(),
                origins = rows.Select(row => row.Origin).ToArray(),
                causes = rows.Select(row => string.Join('|', row.Causes)).ToArray(),
                reaches = rows.Select(row => row.ReachAt).ToArray(),
                needs = rows.Select(row => string.Join('|', row.Needs)).ToArray(),
            };
            await connection.ExecuteAsync(new CommandDefinition(Put, values, cancellationToken: cancellationToken));
        }

        return rows.Count;
    }

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int ServerId { get; init; }
        public int TenantId { get; init; }
        public string Origin { get; init; } = "";
        public string[]? Blocks { get; init; }
        public string? Issuer { get; init; }
        public DateTimeOffset? ReachAt { get; init; }
        public int[] Needs { get; init; } = [];

        public IReadOnlyList<string> Causes => Suppression.Causes.Of(Origin, Blocks ?? [], Issuer, Needs);
    }
}
