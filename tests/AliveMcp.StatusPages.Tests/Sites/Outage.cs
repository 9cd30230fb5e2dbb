using Npgsql;

namespace AliveMcp.StatusPages.Tests.Sites;

/// <summary>Postgres goes away, for this test's database alone.</summary>
internal static class Outage
{
    /// <summary>This test's own database refuses everybody but the bootstrap user.</summary>
    public static async Task CutOffAsync(Site site)
    {
        await RunAsync(site, "REVOKE CONNECT ON DATABASE {0} FROM PUBLIC, alivemcp_app, alivemcp_worker");
        await RunAsync(
            site,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{0}' AND pid <> pg_backend_pid()"
        );
    }

    public static Task LetInAsync(Site site) => RunAsync(site, "GRANT CONNECT ON DATABASE {0} TO PUBLIC");

    private static async Task RunAsync(Site site, string sql)
    {
        var bootstrap = site.Storage.Options.Bootstrap;
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(bootstrap.ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is the fixture's own.
        command.CommandText = string.Format(null, sql, bootstrap.Database);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
