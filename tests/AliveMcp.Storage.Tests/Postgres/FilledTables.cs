using AliveMcp.Testing.Storage;
using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Tests.Postgres;

/// <summary>
/// A row of tenant 1 and one of tenant 2 in every table that has a <c>tenant_id</c>, whatever its other columns are. Done by the superuser in
/// a database that is thrown away: checks, foreign keys and most NOT NULLs are taken off first, the policies stay as they are.
/// </summary>
internal static class FilledTables
{
    /// <summary>All tables with a tenant, partitions left out.</summary>
    public const string All = """
        SELECT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        ORDER BY 1
        """;

    /// <summary>All partitions, at any depth.</summary>
    public const string Partitions =
        "SELECT oid::regclass::text FROM pg_class WHERE relispartition AND relkind IN ('r', 'p') ORDER BY 1";

    private const string Loosen = """
        DO $$
        DECLARE found record;
        BEGIN
            FOR found IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
                WHERE contype IN ('c', 'f') AND coninhcount = 0 AND conrelid <> 0
                    AND connamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
            LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.owner, found.conname);
            END LOOP;
            -- Leaves of partitions that the migrations leave to the running service.
            FOR found IN SELECT p.partrelid::regclass AS parent, n.nspname, c.relname FROM pg_partitioned_table p
                JOIN pg_class c ON c.oid = p.partrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE p.partdefid = 0
            LOOP
                EXECUTE format('CREATE TABLE %I.%I PARTITION OF %s DEFAULT', found.nspname, found.relname || '_rest', found.parent);
            END LOOP;
        END $$
        """;

    private const string Columns = """
        SELECT a.attname AS Name, format_type(a.atttypid, NULL) AS Type FROM pg_attribute a
        WHERE a.attrelid = @table::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND a.attgenerated = ''
        """;

    public static async Task FillAsync(TestStorage storage)
    {
        await using var owner = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        await owner.OpenAsync();
        await owner.ExecuteAsync(Loosen);
        // Rows of erased servers stand beside their stones here: no trigger may keep them out.
        await owner.ExecuteAsync("SET session_replication_role = replica");
        foreach (var table in await owner.QueryAsync<string>(All))
        {
            var columns = (await owner.QueryAsync<(string Name, string Type)>(Columns, new { table })).ToList();
            var names = string.Join(", ", columns.Select(column => column.Name));
            foreach (var tenant in (int[])[1, 2])
            {
                var values = columns.Select(column => Value(column.Type, tenant));
                await owner.ExecuteAsync(
                    $"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", values)}) ON CONFLICT DO NOTHING"
                );
            }
        }
    }

    /// <summary>Any value of the type, another one for each tenant.</summary>
    private static string Value(string type, int tenant) =>
        type switch
        {
            "integer" or "smallint" or "bigint" => $"{tenant}",
            "text" => $"'t{tenant}'",
            "text[]" or "bigint[]" or "integer[]" or "smallint[]" => "'{}'",
            "jsonb" => "'{}'",
            "bytea" => $"'\\x0{tenant}'",
            "boolean" => "false",
            "uuid" => "gen_random_uuid()",
            "timestamp with time zone" => "now()",
            "time without time zone" => "'00:00'",
            _ => throw new NotSupportedException($"Say here what a {type} may be."),
        };
}
