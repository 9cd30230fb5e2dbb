using AliveMcp.Servers.Erasure;
using AliveMcp.Storage.Audit;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Tests.Erasure;

public sealed class ErasureSurfaceTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    /// <summary>Tables that the catalogue knows and erasure does not, or the other way round, or that a late writer could still write to.</summary>
    private const string Unanswered = """
        WITH there AS (
            SELECT format('%I.%I', n.nspname, c.relname) AS relation, c.oid,
                max(a.attname) FILTER (WHERE a.attname = 'server_id') IS NOT NULL AS of_server
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attname IN ('server_id', 'tenant_id') AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            GROUP BY 1, 2)
        SELECT coalesce(there.relation, surface.relation) || CASE
            WHEN surface.relation IS NULL THEN ' has no answer to erasure'
            WHEN there.relation IS NULL THEN ' is not there'
            WHEN there.of_server <> (surface.owner = 'server') THEN ' goes with somebody else'
            ELSE ' lets late writers in' END
        FROM there FULL JOIN erasure.surface AS surface USING (relation)
        WHERE surface.relation IS NULL OR there.relation IS NULL OR there.of_server <> (surface.owner = 'server')
            OR surface.step IS NOT NULL AND surface.why IS NULL
                AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = there.oid AND tgname = 'buried' AND tgenabled = 'O')
        ORDER BY 1
        """;

    private static readonly Actor ATest = Actor.System with { Name = "a test" };

    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task Every_table_with_rows_of_a_server_or_a_tenant_has_its_answer() =>
        Assert.Empty(await install.QueryAsync<string>(Unanswered));

    [Fact]
    public async Task Poisoned_a_new_table_without_an_answer_is_told()
    {
        await AsOwnerAsync("CREATE TABLE public.poison (tenant_id integer, server_id integer)");
        try
        {
            Assert.Equal(["public.poison has no answer to erasure"], await install.QueryAsync<string>(Unanswered));
        }
        finally
        {
            await AsOwnerAsync("DROP TABLE public.poison");
        }
    }

    [Fact]
    public async Task A_synthetic_tenant_has_a_row_on_every_surface_and_none_after_its_erasure()
    {
        var (tenant, server) = (
            await install.QueryAsync<(int, int)>("SELECT tenant, server FROM erasure.plant()")
        ).Single();
        var traces = install.Get<ErasureTraces>();
        var planted = await traces.OfTenantAsync(new TenantId(tenant), CancellationToken.None);

        await install.Get<TenantEraser>().EraseAsync(new TenantId(tenant), ATest, CancellationToken.None);

        Assert.Equal(
            await traces.TablesAsync(CancellationToken.None),
            planted.Select(surface => surface.Relation).Order(StringComparer.Ordinal)
        );
        Assert.Empty(await traces.OfTenantAsync(new TenantId(tenant), CancellationToken.None));
        var receipts = await install.Get<ErasureReceipts>().OfAsync(new TenantId(tenant), null, CancellationToken.None);
        Assert.Equal([server, null], receipts.Select(receipt => receipt.Server));
        Assert.All(
            receipts,
            receipt => Assert.Contains("\"asked_by\": \"a test\"", receipt.Text, StringComparison.Ordinal)
        );
        Assert.Contains("\"tenancy.api_key\": 1", receipts[1].Text, StringComparison.Ordinal);
        Assert.Contains("\"archive.verdict_hour\": 1", receipts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_s_hash_is_of_its_text()
    {
        var (tenant, _) = (await install.QueryAsync<(int, int)>("SELECT tenant, server FROM erasure.plant()")).Single();
        await install.Get<TenantEraser>().EraseAsync(new TenantId(tenant), ATest, CancellationToken.None);

        foreach (
            var receipt in await install
                .Get<ErasureReceipts>()
                .OfAsync(new TenantId(tenant), null, CancellationToken.None)
        )
        {
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(receipt.Text));
            Assert.Equal(Convert.ToHexStringLower(hash), receipt.Hash);
        }
    }

    [Fact]
    public async Task The_install_s_own_tenants_are_not_erased()
    {
        var fault = await Assert.ThrowsAsync<PostgresException>(() =>
            install.Get<TenantEraser>().EraseAsync(TenantId.Local, ATest, CancellationToken.None)
        );

        Assert.Contains("belongs to the install", fault.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_tenant_gets_no_new_server_key_or_region()
    {
        var (tenant, _) = (await install.QueryAsync<(int, int)>("SELECT tenant, server FROM erasure.plant()")).Single();
        await install.Get<TenantEraser>().EraseAsync(new TenantId(tenant), ATest, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<PostgresException>(() =>
            install.ExecuteAsync(
                "INSERT INTO collector.region (name, city, tenant_id) VALUES ('late', 'Nowhere', @tenant)",
                new { tenant }
            )
        );

        Assert.Equal($"Tenant {tenant} is erased.", fault.MessageText);
    }

    [Fact]
    public async Task Stones_replayed_into_an_older_copy_erase_what_it_brought_back_and_keep_its_numbers_from_being_given_again()
    {
        var (tenant, server) = (
            await install.QueryAsync<(int, int)>("SELECT tenant, server FROM erasure.plant()")
        ).Single();
        var stones = new[]
        {
            $$"""{"v":1,"tenant_id":{{tenant}},"server_id":{{server}},"asked_by":"its owner","at":"2026-11-20T00:00:00Z"}""",
            $$"""{"v":1,"tenant_id":2,"server_id":{{server + 5_000}},"asked_by":"its owner","at":"2026-11-20T00:00:00Z"}""",
            $$"""{"v":1,"tenant_id":{{tenant}},"server_id":null,"asked_by":"its owner","at":"2026-11-20T00:00:00Z"}""",
        };
        var tombstones = install.Get<Tombstones>();

        Assert.Equal(3, await tombstones.ReplayAsync(stones, Actor.AtTerminal, CancellationToken.None));
        Assert.Equal(0, await tombstones.ReplayAsync(stones, Actor.AtTerminal, CancellationToken.None));

        Assert.Empty(await install.Get<ErasureTraces>().OfTenantAsync(new TenantId(tenant), CancellationToken.None));
        Assert.True((await install.QueryAsync<int>("SELECT erasure.next_number()")).Single() > server + 5_000);
        var listed = await tombstones.ListAsync(CancellationToken.None);
        Assert.Contains(
            listed,
            line =>
                line.Contains($"\"server_id\":{server + 5_000},\"asked_by\":\"its owner\"", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{"v":2,"tenant_id":9,"server_id":78,"asked_by":"x","at":"2026-11-20T00:00:00Z"}""")]
    [InlineData("""{"v":1,"tenant_id":9,"server_id":78,"asked_by":"x"}""")]
    [InlineData("""{"v":1,"tenant_id":9,"server_id":78,"at":"2026-11-20T00:00:00Z"}""")]
    [InlineData("""{"v":1,"tenant_id":2,"server_id":null,"asked_by":"x","at":"2026-11-20T00:00:00Z"}""")]
    public async Task A_list_with_a_line_that_is_no_stone_is_refused_before_anything_is_done(string line)
    {
        var stones = new[]
        {
            """{"v":1,"tenant_id":2,"server_id":77,"asked_by":"x","at":"2026-11-20T00:00:00Z"}""",
            line,
        };

        await Assert.ThrowsAsync<FormatException>(() =>
            install.Get<Tombstones>().ReplayAsync(stones, Actor.AtTerminal, CancellationToken.None)
        );

        Assert.Empty(await install.QueryAsync<int>("SELECT 1 FROM erasure.tombstone WHERE server_id = 77"));
    }

    [Fact]
    public async Task A_stone_keeps_its_time_whatever_the_zone_that_it_is_written_in()
    {
        const string line =
            """{"v":1,"tenant_id":2,"server_id":4242,"asked_by":"x","at":"2026-11-20T02:00:00+02:00"}""";

        await install.Get<Tombstones>().ReplayAsync([line], by: null, CancellationToken.None);

        const string sql = "SELECT asked_at::text FROM erasure.tombstone WHERE server_id = 4242";
        Assert.StartsWith(
            "2026-11-20 00:00:00+00",
            (await install.QueryAsync<string>("SET timezone = 'UTC'; " + sql)).Single()
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task AsOwnerAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync(sql);
    }
}
