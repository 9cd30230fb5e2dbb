using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Tests.Postgres;

/// <summary>
/// Tries every table that the catalogue knows to have a <c>tenant_id</c>, with a row of tenant 1 and one of tenant 2 in each, as the app:
/// reading without a tenant, reading, changing, deleting and forging rows of another one.
/// </summary>
internal sealed class Leaks(TestStorage storage)
{
    /// <summary>Everybody may read these; the reason stands beside the table in its migration.</summary>
    private static readonly string[] ReadByAll = ["servers.public_listing"];

    /// <summary>What the web role may neither read nor write is tried by nobody.</summary>
    private const string IsOpen =
        "SELECT has_any_column_privilege('alivemcp_app', @table, 'SELECT, INSERT, UPDATE') OR has_table_privilege('alivemcp_app', @table, 'DELETE')";

    /// <summary>What the web role may both read and put in, so that a row of its own can be copied.</summary>
    private const string Insertable = """
        SELECT quote_ident(attname) FROM pg_attribute
        WHERE attrelid = @table::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
            AND has_column_privilege('alivemcp_app', attrelid, attnum, 'INSERT')
            AND has_column_privilege('alivemcp_app', attrelid, attnum, 'SELECT')
        """;

    private readonly List<string> _found = [];

    public static async Task<IReadOnlyList<string>> FindAsync(TestStorage storage)
    {
        var leaks = new Leaks(storage);
        await using var owner = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        foreach (var table in await owner.QueryAsync<string>(FilledTables.All))
        {
            if (!await owner.ExecuteScalarAsync<bool>(IsOpen, new { table }))
            {
                continue;
            }

            await leaks.ReadWithoutTenantAsync(table);
            await leaks.ReadOthersAsync(table);
            await leaks.ChangeOthersAsync(table);
            await leaks.ForgeAsync(table);
        }

        // What was erased is kept out by triggers, silently, before any policy is asked.
        await owner.ExecuteAsync(
            "SET session_replication_role = replica; DELETE FROM erasure.tombstone; DELETE FROM erasure.tenant_tombstone"
        );
        foreach (var table in await owner.QueryAsync<string>(FilledTables.All))
        {
            await leaks.PutIntoOthersAsync(owner, table);
        }

        foreach (var partition in await owner.QueryAsync<string>(FilledTables.Partitions))
        {
            await leaks.ReadPartitionAsync(partition);
        }

        return leaks._found;
    }

    private async Task ReadWithoutTenantAsync(string table)
    {
        await using var app = await storage.Doors.App.OpenConnectionAsync();
        var rows = await app.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}");
        Tell(rows > 0 && !ReadByAll.Contains(table), $"{table} is read without a tenant");
        await using var worker = await storage.Doors.AllTenants.OpenConnectionAsync();
        var all = await worker.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table} WHERE tenant_id IN (1, 2)");
        Tell(all < 2, $"{table} has no rows to try with");
    }

    private async Task ReadOthersAsync(string table)
    {
        await using var session = await storage.Doors.OpenAsync(new TenantId(1), CancellationToken.None);
        var tenants = await session.Connection.QueryAsync<int>($"SELECT DISTINCT tenant_id FROM {table}");
        Tell(!ReadByAll.Contains(table) && !tenants.SequenceEqual([1]), $"{table} shows another tenant's rows");
    }

    private async Task ChangeOthersAsync(string table)
    {
        var updated = await TryAsync($"UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = 2");
        var deleted = await TryAsync($"DELETE FROM {table} WHERE tenant_id = 2");
        Tell(updated + deleted > 0, $"{table} lets another tenant's rows be changed");
    }

    /// <summary>How many rows were changed; none when the role may not even try.</summary>
    private async Task<int> TryAsync(string sql)
    {
        await using var session = await storage.Doors.OpenAsync(new TenantId(1), CancellationToken.None);
        try
        {
            return await session.Connection.ExecuteAsync(sql);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }
    }

    private async Task ForgeAsync(string table)
    {
        await using var session = await storage.Doors.OpenAsync(new TenantId(1), CancellationToken.None);
        try
        {
            await session.Connection.ExecuteAsync($"UPDATE {table} SET tenant_id = 2 WHERE tenant_id = 1");
            Tell(true, $"{table} lets rows be handed to another tenant");
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // As it must be.
        }
    }

    /// <summary>A row like one's own, under the other tenant's number: refused by its policy, before any key is looked at.</summary>
    private async Task PutIntoOthersAsync(NpgsqlConnection owner, string table)
    {
        var columns = (await owner.QueryAsync<string>(Insertable, new { table })).ToList();
        if (!columns.Contains("tenant_id"))
        {
            return;
        }

        var values = columns.Select(column => column == "tenant_id" ? "2" : column);
        await using var session = await storage.Doors.OpenAsync(new TenantId(1), CancellationToken.None);
        try
        {
            var put = await session.Connection.ExecuteAsync(
                $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM {table} WHERE tenant_id = 1"
            );
            Tell(put > 0, $"{table} lets rows be put into another tenant");
            Tell(put == 0, $"{table} has no row to put into another tenant");
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // As it must be.
        }
        catch (PostgresException unique) when (unique.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            Tell(true, $"{table} lets rows be put into another tenant");
        }
    }

    private async Task ReadPartitionAsync(string partition)
    {
        await using var session = await storage.Doors.OpenAsync(new TenantId(1), CancellationToken.None);
        try
        {
            await session.Connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {partition}");
            Tell(true, $"{partition} is reached past its parent");
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // As it must be.
        }
    }

    private void Tell(bool isLeak, string what)
    {
        if (isLeak)
        {
            _found.Add(what);
        }
    }
}
