using Npgsql;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>
/// Counts and hashes every table of a database, inside Postgres: rows are taken in the order of their primary key and each is hashed
/// together with the hash of those before it, so that neither side ever holds more than a row.
/// </summary>
internal static class TableSums
{
    /// <summary>Nothing that a session or a cluster sets may change how a row is written. The functions live as long as the session.</summary>
    private const string Prepare = """
        SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex';
        SET extra_float_digits = 1; SET row_security = off; SET statement_timeout = 0; SET lock_timeout = 0;
        CREATE FUNCTION pg_temp.chain(sofar bytea, line text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
            AS 'SELECT sha256(sofar || convert_to(line, ''UTF8''))';
        CREATE AGGREGATE pg_temp.chained(text) (SFUNC = pg_temp.chain, STYPE = bytea, INITCOND = '');
        """;

    /// <summary>Partitions are tables of their own; their parents hold nothing.</summary>
    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname),
            coalesce((SELECT string_agg(format('t.%I', a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END, ', ' ORDER BY k.place)
                FROM pg_index AS i
                CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
                JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.attnum
                WHERE i.indrelid = c.oid AND i.indisprimary), 't::text COLLATE "C"')
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence = 'p'
            AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
        """;

    /// <summary>Readies a session: once, before <see cref="ListAsync"/> and <see cref="OfAsync"/>.</summary>
    public static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Prepare;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Every table with the order of its rows.</summary>
    public static async Task<IReadOnlyList<(string Table, string Order)>> ListAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Tables;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add((reader.GetString(0), reader.GetString(1)));
        }

        return tables;
    }

    /// <summary>The figures of one table.</summary>
    public static async Task<TableSum> OfAsync(
        NpgsqlConnection connection,
        (string Table, string Order) table,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText =
            $"SELECT count(*), encode(pg_temp.chained(one.line), 'hex') FROM (SELECT t::text AS line FROM ONLY {table.Table} AS t ORDER BY {table.Order}) AS one";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new TableSum(table.Table, reader.GetInt64(0), reader.GetString(1));
    }

    /// <summary>The figures of every table of a database.</summary>
    public static async Task<IReadOnlyList<TableSum>> OfAllAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var sums = new List<TableSum>();
        foreach (var table in await ListAsync(connection, cancellationToken))
        {
            sums.Add(await OfAsync(connection, table, cancellationToken));
        }

        return sums;
    }
}
