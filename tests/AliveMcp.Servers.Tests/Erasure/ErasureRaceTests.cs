using AliveMcp.Servers.Erasure;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Tests.Erasure;

/// <summary>Whoever writes while somebody is erased: in every order of their statements, on every surface, nothing is left when both are done.</summary>
public sealed class ErasureRaceTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private static readonly string[] Drain =
    [
        "BEGIN; SELECT FROM archive.mark WHERE reader = 'archive' AND shard = {server} % 64 FOR UPDATE",
        """
            INSERT INTO archive.verdict_minute (minute, server_id, tenant_id, state, why, weight, maintenance, packed)
            SELECT 29920320, {server}, {tenant}, 1, 0, 1, false, '\x00'
            WHERE NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = {server})
            """,
        "COMMIT",
    ];

    private static int _tenant = 900_000;

    public async ValueTask InitializeAsync()
    {
        await install.EmptyAsync();
        await install.ExecuteAsync("SELECT archive.make_minute_day(20778)");
    }

    [Fact]
    public async Task A_row_of_a_server_that_is_erased_meanwhile_is_nowhere_afterwards()
    {
        foreach (var surface in await SurfacesAsync("server"))
        {
            Assert.Empty(await RaceServerAsync([$"BEGIN; {surface.Sample}", "COMMIT"], surface.Relation));
        }
    }

    [Fact]
    public async Task A_minute_that_is_drained_meanwhile_is_nowhere_afterwards() =>
        Assert.Empty(await RaceServerAsync(Drain, "archive.verdict_minute"));

    [Fact]
    public async Task Poisoned_a_table_without_its_trigger_lets_a_row_in()
    {
        await AsOwnerAsync("ALTER TABLE collector.evidence DISABLE TRIGGER buried");
        try
        {
            var surfaces = await SurfacesAsync("server");
            var evidence = surfaces.Single(surface => surface.Relation == "collector.evidence");

            Assert.NotEmpty(await RaceServerAsync([$"BEGIN; {evidence.Sample}", "COMMIT"], evidence.Relation));
        }
        finally
        {
            await AsOwnerAsync("ALTER TABLE collector.evidence ENABLE TRIGGER buried");
        }
    }

    [Fact]
    public async Task A_row_of_a_tenant_that_is_erased_meanwhile_is_nowhere_afterwards()
    {
        var surfaces = await SurfacesAsync("tenant");
        var server = (await SurfacesAsync("server", guarded: false)).Single(one => one.Relation == "servers.server");
        foreach (var surface in surfaces.Append(server))
        {
            Assert.Empty(await RaceTenantAsync(surface));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The orders, of all that there are, after which something of the server is left.</summary>
    private async Task<List<string>> RaceServerAsync(string[] writer, string name)
    {
        var found = new List<string>();
        foreach (var order in Interleaving.All(writer.Length, 3))
        {
            var server = await SowAsync();
            string Of(string text) => Fill(text, server);
            string[] eraser =
            [
                Of("SELECT erasure.bury({tenant}, {server})"),
                Of("BEGIN; SELECT erasure.erase_server({tenant}, {server})"),
                "COMMIT",
            ];
            var race = new Interleaving(install.Storage.Doors.AllTenants);
            await race.RunAsync(order, [.. writer.Select(Of)], eraser);
            Assert.Empty(race.Refused);
            var left = await install.Get<ErasureTraces>().OfServerAsync(server, CancellationToken.None);
            found.AddRange(left.Select(rows => $"{name} {Word(order)}: {rows.Relation}"));
        }

        return found;
    }

    private async Task<List<string>> RaceTenantAsync(Surface surface)
    {
        var found = new List<string>();
        foreach (var order in Interleaving.All(2, 3))
        {
            var tenant = Interlocked.Increment(ref _tenant);
            var number = await install.QueryAsync<int>("SELECT erasure.next_number()");
            var key = new ServerKey(new TenantId(tenant), new ServerId(number.Single()));
            string Of(string text) => Fill(text, key);
            if (surface.Relation != "tenancy.tenant")
            {
                await install.ExecuteAsync(
                    "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (@tenant, 't' || @tenant, 'T', 'public')",
                    new { tenant }
                );
            }

            string[] eraser =
            [
                Of("SELECT erasure.bury_tenant({tenant}, 'test')"),
                Of("BEGIN; SELECT erasure.erase_tenant({tenant})"),
                "COMMIT",
            ];

            // Being refused is an answer here: the row's tenant is no more.
            var race = new Interleaving(install.Storage.Doors.AllTenants);
            await race.RunAsync(order, [Of($"BEGIN; {surface.Sample}"), "COMMIT"], eraser);
            Assert.All(race.Refused, fault => Assert.StartsWith("23", fault.SqlState, StringComparison.Ordinal));
            var left = await install.Get<ErasureTraces>().OfTenantAsync(key.Tenant, CancellationToken.None);
            found.AddRange(left.Select(rows => $"{surface.Relation} {Word(order)}: {rows.Relation}"));
        }

        return found;
    }

    /// <summary>A server of the install's own, with nothing but its row.</summary>
    private async Task<ServerKey> SowAsync()
    {
        const string sql = """
            INSERT INTO servers.server (tenant_id, slug, name, url, canonical_url, origin, visibility, managed_by, created_at, paused_at)
            VALUES (2, 'r' || nextval('public.race'), 'R', 'https://r.example/', 'https://r.example/', 'https://r.example', 0, 'test', now(), now())
            RETURNING server_id
            """;
        await AsOwnerAsync(
            "CREATE SEQUENCE IF NOT EXISTS public.race; GRANT USAGE ON SEQUENCE public.race TO alivemcp_worker"
        );
        return new ServerKey(TenantId.Local, new ServerId((await install.QueryAsync<int>(sql)).Single()));
    }

    private async Task<List<Surface>> SurfacesAsync(string owner, bool guarded = true) =>
        [
            .. (
                await install.QueryAsync<Surface>(
                    """
                    SELECT relation AS Relation, format(sample, '{tenant}', '{server}') AS Sample FROM erasure.surface AS s
                    WHERE owner = @owner AND sample IS NOT NULL AND (NOT @guarded OR EXISTS (
                        SELECT FROM pg_trigger WHERE tgrelid = s.relation::regclass AND tgname = 'buried' AND s.relation <> 'servers.server'))
                    ORDER BY relation
                    """,
                    new { owner, guarded }
                )
            ),
        ];

    private async Task AsOwnerAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync(sql);
    }

    private static string Fill(string text, ServerKey key) =>
        text.Replace("{tenant}", key.Tenant.ToString(), StringComparison.Ordinal)
            .Replace("{server}", key.Server.ToString(), StringComparison.Ordinal);

    private static string Word(bool[] order) => string.Concat(order.Select(isWriter => isWriter ? 'w' : 'e'));

    private sealed record Surface(string Relation, string Sample);
}
