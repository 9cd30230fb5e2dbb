using AliveMcp.Storage.Migrations;
using AliveMcp.Testing.Storage;
using Dapper;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace AliveMcp.Storage.Tests.Migrations;

/// <summary>Each test migrates databases of its own, in the cluster of the fixture.</summary>
public sealed class MigrationRunnerTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task The_first_run_runs_all_and_the_second_none()
    {
        var options = await EmptyDatabaseAsync();

        Assert.Equal(Migration.All().Count, await RunAsync(options));
        Assert.Equal(0, await RunAsync(options));
    }

    [Fact]
    public async Task Any_number_of_programs_may_start_at_once()
    {
        var options = await EmptyDatabaseAsync();

        var ran = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync(options)));

        Assert.Equal(Migration.All().Count, ran.Sum());
        Assert.Single(ran, count => count > 0);
    }

    [Fact]
    public async Task Databases_of_one_cluster_may_be_migrated_at_once_though_they_share_the_roles()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EmptyDatabaseAsync()));

        var ran = await Task.WhenAll(databases.Select(RunAsync));

        Assert.All(ran, count => Assert.Equal(Migration.All().Count, count));
    }

    [Fact]
    public async Task A_migration_that_ran_with_another_text_is_refused_by_name()
    {
        var options = await EmptyDatabaseAsync();
        await RunAsync(options);
        await ExecuteAsync(options, "UPDATE history.migration SET checksum = '\\x00' WHERE number = 1");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(options));

        Assert.Contains("0001_roles_and_tenants.sql", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_ahead_of_the_program_is_left_as_it_is()
    {
        var options = await EmptyDatabaseAsync();
        await RunAsync(options);
        await ExecuteAsync(
            options,
            "INSERT INTO history.migration (number, name, checksum) VALUES (9999, '9999_later.sql', '\\x00')"
        );

        Assert.Equal(0, await RunAsync(options));
    }

    [Fact]
    public async Task A_run_that_failed_leaves_no_lock_behind()
    {
        var options = await EmptyDatabaseAsync();
        await ExecuteAsync(options, "CREATE SCHEMA tenancy");
        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(options));

        await ExecuteAsync(options, "DROP SCHEMA tenancy");

        Assert.Equal(Migration.All().Count, await RunAsync(options));
    }

    [Fact]
    public async Task A_bootstrap_user_that_is_no_superuser_will_do_where_the_roles_are_there()
    {
        var options = await EmptyDatabaseAsync();
        await ExecuteAsync(
            options,
            $"""
            CREATE ROLE builder LOGIN CREATEROLE PASSWORD 'builder';
            ALTER DATABASE {options.Bootstrap.Database} OWNER TO builder
            """
        );
        var builder = new NpgsqlConnectionStringBuilder(options.Bootstrap.ConnectionString)
        {
            Username = "builder",
            Password = "builder",
        };

        Assert.Equal(Migration.All().Count, await RunAsync(OptionsFor(builder.ConnectionString)));
    }

    [Fact]
    public void Numbers_are_one_line_of_time_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, Migration.All().Count), Migration.All().Select(migration => migration.Number));

    [Fact]
    public async Task Neither_role_is_superuser_and_only_the_worker_is_past_row_security()
    {
        await using var connection = await storage.Doors.App.OpenConnectionAsync();

        var roles = await connection.QueryAsync<string>(
            """
            SELECT concat_ws(' ', rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin)
            FROM pg_roles WHERE rolname LIKE 'alivemcp%' ORDER BY rolname
            """
        );

        Assert.Equal(["alivemcp_app f f f f t", "alivemcp_owner f f f f f", "alivemcp_worker f t f f t"], roles);
    }

    [Theory]
    [InlineData("CREATE TABLE public.mine (x integer)")]
    [InlineData("CREATE SCHEMA mine")]
    [InlineData("ALTER TABLE tenancy.tenant DISABLE ROW LEVEL SECURITY")]
    [InlineData("DROP TABLE tenancy.tenant")]
    [InlineData("TRUNCATE storage.outbox")]
    [InlineData("SET ROLE alivemcp_owner")]
    [InlineData("UPDATE history.migration SET checksum = ''")]
    public async Task Neither_role_may_change_how_the_house_is_built(string sql)
    {
        foreach (var door in new[] { storage.Doors.App, storage.Doors.AllTenants })
        {
            await using var connection = await door.OpenConnectionAsync();

            var fault = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));

            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        }
    }

    private static Task<int> RunAsync(StorageOptions options) =>
        new MigrationRunner(options).RunAsync(CancellationToken.None);

    private async Task<StorageOptions> EmptyDatabaseAsync()
    {
        var name = $"migrated_{Guid.NewGuid():N}";
        await ExecuteAsync(storage.Options, $"CREATE DATABASE {name} TEMPLATE template0");
        var builder = new NpgsqlConnectionStringBuilder(storage.Options.Bootstrap.ConnectionString)
        {
            Database = name,
            Pooling = false,
        };
        return OptionsFor(builder.ConnectionString);
    }

    /// <summary>With the roles' passwords of the fixture: they belong to the whole cluster.</summary>
    private StorageOptions OptionsFor(string bootstrap)
    {
        var database = new NpgsqlConnectionStringBuilder(bootstrap).Database;
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = bootstrap,
            ["ConnectionStrings:PostgresApp"] = On(storage.Options.App),
            ["ConnectionStrings:PostgresWorker"] = On(storage.Options.Worker),
            ["ConnectionStrings:Redis"] = "127.0.0.1:1",
        };
        StorageOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).TryGet(out var options);
        return options!;

        string On(NpgsqlConnectionStringBuilder login) =>
            new NpgsqlConnectionStringBuilder(login.ConnectionString) { Database = database }.ConnectionString;
    }

    private static async Task ExecuteAsync(StorageOptions options, string sql)
    {
        await using var connection = new NpgsqlConnection(options.Bootstrap.ConnectionString);
        await connection.ExecuteAsync(sql);
    }
}
