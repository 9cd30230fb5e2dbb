using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>
/// A backup is older than some erasures. What the running install buried since is buried and erased in the copy as well, as a real restore
/// must before it serves anybody; then no row of those servers may be left.
/// </summary>
/// <param name="Replayed">Servers that the copy still held and that were erased in it.</param>
/// <param name="LeftRows">Rows of erased servers that are there nevertheless.</param>
internal sealed record TombstoneReplay(int Replayed, long LeftRows)
{
    public string Sentence => $"{Replayed} erasures replayed, {LeftRows} rows of erased servers left";

    public static async Task<TombstoneReplay> RunAsync(
        NpgsqlConnectionStringBuilder server,
        NpgsqlConnection copy,
        CancellationToken cancellationToken
    )
    {
        var buried = await BuriedAsync(server, cancellationToken);
        var erased = await StonesAsync(copy, "WHERE erased_at IS NOT NULL", cancellationToken);
        var replayed = 0;
        foreach (var (id, tenant) in buried.Except(erased))
        {
            await ExecuteAsync(copy, "SELECT erasure.bury($1, $2)", tenant, id, cancellationToken);
            await ExecuteAsync(copy, "SELECT erasure.erase_server($1, $2)", tenant, id, cancellationToken);
            replayed++;
        }

        return new TombstoneReplay(
            replayed,
            await LeftAsync(copy, [.. buried.Select(one => one.Server)], cancellationToken)
        );
    }

    /// <summary>Those of the install in use; none when this server holds no install.</summary>
    private static async Task<HashSet<(int Server, int Tenant)>> BuriedAsync(
        NpgsqlConnectionStringBuilder server,
        CancellationToken cancellationToken
    )
    {
        var single = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(single.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT to_regclass('erasure.tombstone') IS NOT NULL";
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!
            ? await StonesAsync(connection, "", cancellationToken)
            : [];
    }

    private static async Task<HashSet<(int Server, int Tenant)>> StonesAsync(
        NpgsqlConnection connection,
        string which,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT server_id, tenant_id FROM erasure.tombstone {which}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var stones = new HashSet<(int, int)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            stones.Add((reader.GetInt32(0), reader.GetInt32(1)));
        }

        return stones;
    }

    /// <summary>Every table that has a column of this name, however it came there.</summary>
    private static async Task<long> LeftAsync(NpgsqlConnection copy, int[] servers, CancellationToken cancellationToken)
    {
        var left = 0L;
        foreach (var table in await TablesAsync(copy, cancellationToken))
        {
            await using var command = copy.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {table} WHERE server_id = ANY($1)";
            command.Parameters.Add(new() { Value = servers });
            left += (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return left;
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(
        NpgsqlConnection copy,
        CancellationToken cancellationToken
    )
    {
        await using var command = copy.CreateCommand();
        command.CommandText = """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE a.attname = 'server_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND n.nspname NOT IN ('erasure', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection copy,
        string sql,
        int tenant,
        int server,
        CancellationToken cancellationToken
    )
    {
        await using var command = copy.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = server });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
