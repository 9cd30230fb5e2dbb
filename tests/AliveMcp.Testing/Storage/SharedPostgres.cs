using AliveMcp.Host.Embedded;
using AliveMcp.Storage;
using AliveMcp.Storage.Migrations;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace AliveMcp.Testing.Storage;

/// <summary>One private Postgres for a test process, with a migrated template that every test class clones in a few milliseconds.</summary>
internal static class SharedPostgres
{
    private const string Template = "alivemcp_template";
    private static readonly Lazy<Task<EmbeddedPostgres>> Server = new(StartAsync);
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static int _databases;

    /// <summary>Makes a database of its own and gives the bootstrap user's connection to it.</summary>
    public static async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var server = await Server.Value;
        var name = $"test_{Interlocked.Increment(ref _databases)}";

        // A template may not be cloned twice at once.
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            await RunAsync(server.ConnectionString, $"CREATE DATABASE {name} TEMPLATE {Template}", cancellationToken);
        }
        finally
        {
            OneAtATime.Release();
        }

        return Named(server.ConnectionString, name);
    }

    /// <summary>
    /// Takes a database back. What were left would have to be deleted while the process ends, and the test runner takes a slow end for a
    /// failure.
    /// </summary>
    public static async Task DropDatabaseAsync(string connectionString)
    {
        var server = await Server.Value;
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await RunAsync(server.ConnectionString, $"DROP DATABASE {name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task<EmbeddedPostgres> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("alivemcp-test-postgres-");
        var server = await StartAsync(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TestFolders.Delete(folder);

        await RunAsync(server.ConnectionString, $"CREATE DATABASE {Template}", CancellationToken.None);
        var storage = Options(Named(server.ConnectionString, Template), "127.0.0.1:1");
        await new MigrationRunner(storage).RunAsync(CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
        return server;
    }

    /// <summary>A server of a test that stops it; started again in the same folder it is the same, at the same port.</summary>
    public static Task<EmbeddedPostgres> StartAsync(DirectoryInfo folder) =>
        EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { Folder = folder.FullName, SafeWrites = false },
            CancellationToken.None
        );

    public static StorageOptions Options(string postgres, string redis)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = postgres,
            ["ConnectionStrings:Redis"] = redis,
        };
        var read = StorageOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return read.TryGet(out var options) ? options : throw new InvalidOperationException(read.Problems[0].Message);
    }

    private static string Named(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Pooling = true }.ConnectionString;

    private static async Task RunAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        var single = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(single);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
