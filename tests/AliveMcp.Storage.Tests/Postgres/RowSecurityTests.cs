using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Storage.Tests.Postgres;

public sealed class RowSecurityTests(TestStorage storage) : IClassFixture<TestStorage>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await FilledTables.FillAsync(storage);

    [Fact]
    public async Task No_table_of_tenants_lets_anything_through() => Assert.Empty(await Leaks.FindAsync(storage));

    [Fact]
    public async Task Poisoned_a_table_without_a_policy_is_found()
    {
        await using var owner = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync(
            """
            CREATE TABLE public.poison (tenant_id integer);
            INSERT INTO public.poison VALUES (1), (2);
            GRANT SELECT, INSERT, UPDATE, DELETE ON public.poison TO alivemcp_app, alivemcp_worker
            """
        );
        try
        {
            Assert.Equal(
                [
                    "poison is read without a tenant",
                    "poison shows another tenant's rows",
                    "poison lets another tenant's rows be changed",
                    "poison lets rows be handed to another tenant",
                    "poison lets rows be put into another tenant",
                ],
                await Leaks.FindAsync(storage)
            );
        }
        finally
        {
            await owner.ExecuteAsync("DROP TABLE public.poison");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task A_tenant_that_is_none_reads_nothing(string tenant)
    {
        await using var app = await storage.Doors.App.OpenConnectionAsync();
        await app.ExecuteAsync("SELECT set_config('app.tenant_id', @tenant, false)", new { tenant });

        Assert.Equal(0, await app.ExecuteScalarAsync<long>("SELECT count(*) FROM tenancy.tenant"));
    }

    [Fact]
    public async Task The_tenant_ends_with_its_transaction_and_never_stays_on_a_pooled_connection()
    {
        await using (var session = await storage.Doors.OpenAsync(TenantId.Local, CancellationToken.None))
        {
            Assert.Equal(1, await session.Connection.ExecuteScalarAsync<long>("SELECT count(*) FROM tenancy.tenant"));
            await session.CommitAsync(CancellationToken.None);
            Assert.Equal(0, await session.Connection.ExecuteScalarAsync<long>("SELECT count(*) FROM tenancy.tenant"));
        }

        await using var again = await storage.Doors.App.OpenConnectionAsync();
        Assert.Equal(0, await again.ExecuteScalarAsync<long>("SELECT count(*) FROM tenancy.tenant"));
    }

    [Fact]
    public async Task What_was_not_committed_did_not_happen()
    {
        await using (var session = await storage.Doors.OpenAsync(TenantId.Local, CancellationToken.None))
        {
            await session.Connection.ExecuteAsync(
                "INSERT INTO storage.outbox (tenant_id, topic, reader, record) VALUES (2, 'gone', 'nobody', '{}')"
            );
        }

        await using var look = await storage.Doors.OpenAsync(TenantId.Local, CancellationToken.None);
        Assert.Equal(
            0,
            await look.Connection.ExecuteScalarAsync<long>("SELECT count(*) FROM storage.outbox WHERE topic = 'gone'")
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
