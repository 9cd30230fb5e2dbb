using AliveMcp.Tenancy.Isolation;
using AliveMcp.Testing.Storage;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.Isolation;

/// <summary>The look that runs in the live service, on a sound database and on poisoned ones.</summary>
public sealed class IsolationWatchTests : IAsyncLifetime
{
    private readonly TestStorage _storage = new();

    public ValueTask InitializeAsync() => _storage.InitializeAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task A_database_as_the_migrations_made_it_has_no_fault() => Assert.Empty(await LookAsync(_storage));

    [Theory]
    [InlineData(
        "ALTER TABLE servers.server DISABLE ROW LEVEL SECURITY",
        "servers.server has no row security that binds its owner"
    )]
    [InlineData(
        "ALTER TABLE tenancy.api_key NO FORCE ROW LEVEL SECURITY",
        "tenancy.api_key has no row security that binds its owner"
    )]
    [InlineData(
        "CREATE POLICY open_to_all ON tenancy.tenant FOR SELECT USING (true)",
        "tenancy.tenant is read without a tenant"
    )]
    [InlineData(
        "GRANT SELECT ON tenancy.secret TO alivemcp_app",
        "granted and not decided: alivemcp_app SELECT tenancy.secret.sealed"
    )]
    public async Task Poisoned_it_says_what_is_wrong(string poison, string fault)
    {
        await ExecuteAsync(_storage, poison);

        Assert.Contains(fault, await LookAsync(_storage));
    }

    [Fact]
    public async Task Poisoned_a_role_that_row_security_does_not_bind_is_found()
    {
        // Roles belong to the whole server: one of its own.
        await using var alone = await TestStorage.CreateAloneAsync();
        await ExecuteAsync(alone, "ALTER ROLE alivemcp_app BYPASSRLS");

        Assert.Contains("row security does not bind the web role", await LookAsync(alone));
    }

    private static Task<IReadOnlyList<string>> LookAsync(TestStorage storage) =>
        new IsolationWatch(storage.Doors).LookAsync(CancellationToken.None);

    private static async Task ExecuteAsync(TestStorage storage, string sql)
    {
        await using var owner = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync(sql);
    }
}
