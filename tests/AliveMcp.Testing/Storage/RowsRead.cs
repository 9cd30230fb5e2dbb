using Dapper;
using Npgsql;

namespace AliveMcp.Testing.Storage;

/// <summary>Rows that Postgres read for one database's clients, by its own counters. They are complete once the clients are gone.</summary>
public static class RowsRead
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Rows of the rooms' tables that were fetched so far, by index or by scan; the pools of the storage are emptied for it.</summary>
    public static async Task<long> SoFarAsync(TestStorage storage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storage);
        storage.Doors.App.Clear();
        storage.Doors.AllTenants.Clear();
        var bootstrap = new NpgsqlConnectionStringBuilder(storage.Options.Bootstrap.ConnectionString)
        {
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(bootstrap.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        while (await connection.ExecuteScalarAsync<bool>(Clients))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return await connection.ExecuteScalarAsync<long>(Fetched);
    }

    private const string Clients = """
        SELECT EXISTS (SELECT FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid())
        """;

    private const string Fetched = """
        SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint FROM pg_stat_user_tables
        WHERE schemaname IN ('archive', 'collector', 'servers', 'tenancy')
        """;
}
