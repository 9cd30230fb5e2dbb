using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Erasure;

/// <summary>
/// Counts what tables hold of a server or of a tenant, by what the database's own catalogue says there is: a plan of an erasure before it,
/// its proof behind it. Of the list that the erasure itself goes by it takes only what stays on purpose, and how rows are found without reading all others.
/// </summary>
public sealed class ErasureTraces(PostgresDoors doors)
{
    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname) AS Relation, max(a.attname) FILTER (WHERE a.attname = 'server_id') IS NOT NULL AS OfServer,
            coalesce(max(known.narrow), 'true') AS Narrow
        FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN erasure.surface AS known ON known.relation = n.nspname || '.' || c.relname
        WHERE a.attname IN ('server_id', 'tenant_id') AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND (known.relation IS NULL OR known.step IS NOT NULL)
        GROUP BY 1 ORDER BY 1
        """;

    /// <summary>Every table that may hold rows of a server or a tenant and keeps none behind an erasure.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        return [.. (await TablesAsync(connection, cancellationToken)).Select(table => table.Relation)];
    }

    /// <summary>The tables that hold rows of a server, with their counts.</summary>
    public async Task<IReadOnlyList<SurfaceRows>> OfServerAsync(ServerKey server, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var found = new List<SurfaceRows>();
        foreach (
            var (table, _, narrow) in (await TablesAsync(connection, cancellationToken)).Where(table => table.OfServer)
        )
        {
            var where = $"server_id = ANY(@servers) AND {narrow}";
            found.Add(await CountAsync(connection, table, where, [server.Server.Value], 0, cancellationToken));
        }

        found.Add(await ToldAsync(connection, server, cancellationToken));
        return [.. found.Where(surface => surface.Rows > 0)];
    }

    /// <summary>The tables that hold rows of a tenant, its servers' included, with their counts.</summary>
    public async Task<IReadOnlyList<SurfaceRows>> OfTenantAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var servers = await connection.QueryAsync<int>(
            new CommandDefinition(
                """
                SELECT server_id FROM servers.server WHERE tenant_id = @tenant
                UNION SELECT server_id FROM erasure.tombstone WHERE tenant_id = @tenant
                """,
                new { tenant = tenant.Value },
                cancellationToken: cancellationToken
            )
        );
        var numbers = servers.ToArray();
        var found = new List<SurfaceRows>();
        foreach (var (table, ofServer, narrow) in await TablesAsync(connection, cancellationToken))
        {
            // That a server was erased stays in the outbox until Redis has been emptied of it.
            var where =
                ofServer ? $"server_id = ANY(@servers) AND {narrow}"
                : table == "storage.outbox" ? "tenant_id = @tenant AND topic <> 'server.erased'"
                : "tenant_id = @tenant";
            found.Add(await CountAsync(connection, table, where, numbers, tenant.Value, cancellationToken));
        }

        return [.. found.Where(surface => surface.Rows > 0)];
    }

    /// <summary>The tables that hold rows of anybody who has a stone, with their counts: none, unless an erasure is still to be done.</summary>
    public async Task<IReadOnlyList<SurfaceRows>> OfStonesAsync(CancellationToken cancellationToken)
    {
        const string servers = "SELECT server_id FROM erasure.tombstone";
        const string tenants = "SELECT tenant_id FROM erasure.tenant_tombstone";
        const string told =
            $"topic <> 'server.erased' AND (tenant_id IN ({tenants}) OR record ->> 'server_id' IN (SELECT server_id::text FROM erasure.tombstone))";
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var found = new List<SurfaceRows>();
        foreach (var (table, ofServer, narrow) in await TablesAsync(connection, cancellationToken))
        {
            var where =
                ofServer ? $"server_id IN ({servers}) AND {narrow}"
                : table == "storage.outbox" ? told
                : $"tenant_id IN ({tenants})";
            found.Add(await CountAsync(connection, table, where, [], 0, cancellationToken));
        }

        return [.. found.Where(surface => surface.Rows > 0)];
    }

    private static async Task<IEnumerable<(string Relation, bool OfServer, string Narrow)>> TablesAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    ) =>
        await connection.QueryAsync<(string, bool, string)>(
            new CommandDefinition(Tables, cancellationToken: cancellationToken)
        );

    private static async Task<SurfaceRows> CountAsync(
        NpgsqlConnection connection,
        string table,
        string where,
        int[] servers,
        int tenant,
        CancellationToken cancellationToken
    )
    {
        // The name is the catalogue's own, quoted by it.
        var sql = $"SELECT count(*) FROM {table} WHERE {where}";
        var rows = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(sql, new { servers, tenant }, cancellationToken: cancellationToken)
        );
        return new SurfaceRows(table, rows);
    }

    private static async Task<SurfaceRows> ToldAsync(
        NpgsqlConnection connection,
        ServerKey server,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT count(*) FROM storage.outbox
            WHERE tenant_id = @tenant AND record ->> 'server_id' = @server AND topic <> 'server.erased'
            """;
        var values = new { tenant = server.Tenant.Value, server = server.Server.ToString() };
        return new SurfaceRows(
            "storage.outbox",
            await connection.ExecuteScalarAsync<long>(
                new CommandDefinition(sql, values, cancellationToken: cancellationToken)
            )
        );
    }
}

/// <summary>How many rows a table holds.</summary>
public sealed record SurfaceRows(string Relation, long Rows);
