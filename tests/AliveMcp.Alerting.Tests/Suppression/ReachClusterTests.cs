using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Suppression;
using AliveMcp.Alerting.Tests.Deliveries;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Suppression;

public sealed class ReachClusterTests : IAsyncLifetime
{
    private const string Block = "203.0.113.0/24";
    private readonly AlertHouse _house = new();
    private int _servers;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Named_hosts_of_strangers_behind_one_network_are_one_cluster_whose_address_nobody_reads()
    {
        var tenants = await TenantsAsync(6, 2, Block, "Example CA R1");
        await FailAsync(tenants, Why.ConnectTimeout);

        Assert.Equal([$"block:{Block}"], await CausesAsync());
        foreach (var tenant in tenants)
        {
            var told = Assert.Single(_house.TookBy(tenant.Sink)).Message;
            Assert.Equal("2 servers behind one network", told.Summary);
            Assert.DoesNotContain("203.0.113", AlertJson.Write(told), StringComparison.Ordinal);
        }

        await _house.ExecuteAsync("UPDATE alerting.cluster SET public_servers = 12");
        var shown = Assert.Single(await new ClusterQueries(_house.Storage.Doors).NewestAsync(5, Cancelled));
        Assert.Equal("one network", shown.Behind);
    }

    [Fact]
    public async Task One_issuer_s_certificates_that_fail_are_a_cluster_and_other_failures_of_its_servers_are_none()
    {
        var others = await TenantsAsync(6, 2, null, "Other CA");
        await FailAsync(others, Why.ConnectTimeout);
        Assert.Empty(await CausesAsync());

        var tenants = await TenantsAsync(6, 2, null, "Example CA R1");
        await FailAsync(tenants, Why.TlsUntrusted);

        Assert.Equal(["issuer:Example CA R1"], await CausesAsync());
        Assert.All(
            tenants,
            tenant =>
                Assert.Equal(
                    "2 servers behind certificates of Example CA R1",
                    Assert.Single(_house.TookBy(tenant.Sink)).Message.Summary
                )
        );
        Assert.All(others, tenant => Assert.Equal(2, _house.TookBy(tenant.Sink).Count));
    }

    [Fact]
    public async Task A_network_of_which_most_servers_are_well_is_no_cause()
    {
        await TenantsAsync(1, 40, Block, null);
        var tenants = await TenantsAsync(6, 2, Block, null);
        await FailAsync(tenants, Why.ConnectTimeout);

        Assert.Empty(await CausesAsync());
        Assert.All(tenants, tenant => Assert.Equal(2, _house.TookBy(tenant.Sink).Count));
    }

    [Fact]
    public async Task Three_own_servers_behind_one_network_are_one_notice_and_behind_one_issuer_three()
    {
        var network = await TenantsAsync(1, 3, Block, null);
        var issuer = await TenantsAsync(1, 3, null, "Example CA R1");
        await FailAsync(network, Why.ConnectTimeout);
        await FailAsync(issuer, Why.TlsExpired);

        Assert.Equal("3 servers behind one network", Assert.Single(_house.TookBy(network[0].Sink)).Message.Summary);
        Assert.Equal(3, _house.TookBy(issuer[0].Sink).Count);
    }

    [Fact]
    public async Task What_is_learnt_of_a_server_s_networks_replaces_what_was_known()
    {
        var tenant = (await TenantsAsync(1, 1, Block, null))[0];
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(tenant.Tenant, tenant.Servers[0], ["2001:db8:1::/48"], null);
        await LearnAsync();

        var causes = await _house.ScalarAsync<string>(
            "SELECT array_to_string(causes, ' ') FROM alerting.origin WHERE server_id = @id",
            new { id = tenant.Servers[0] }
        );
        Assert.EndsWith("block:2001:db8:1::/48", causes, StringComparison.Ordinal);
        Assert.DoesNotContain(Block, causes, StringComparison.Ordinal);
    }

    private async Task<List<Behind>> TenantsAsync(int tenants, int servers, string? block, string? issuer)
    {
        var made = new List<Behind>();
        for (var i = 0; i < tenants; i++)
        {
            var tenant = await _house.TenantAsync();
            var behind = new Behind(tenant, await _house.SinkAsync(tenant), []);
            for (var k = 0; k < servers; k++)
            {
                var number = _servers++;
                var server = await _house.ServerAsync(tenant, $"s{k}", $"https://mcp.example{number}.com:443");
                await TellAsync(tenant, server, block is null ? [] : [block], issuer);
                behind.Servers.Add(server);
            }

            made.Add(behind);
        }

        await LearnAsync();
        return made;
    }

    private async Task FailAsync(List<Behind> tenants, Why why)
    {
        foreach (var (tenant, _, servers) in tenants)
        {
            foreach (var server in servers)
            {
                await _house.FirstBadAsync(tenant, server);
                await _house.ExecuteAsync(
                    "UPDATE alerting.first_bad SET failure_reason = @why WHERE server_id = @server",
                    new { server, why = (short)why }
                );
            }
        }

        await _house.Clusters.LookAsync(Cancelled);
        foreach (var (tenant, _, servers) in tenants)
        {
            foreach (var server in servers)
            {
                var incident = await _house.IncidentAsync(tenant, server);
                await _house.AlertAsync(tenant, server, AlertType.Triggered, incident);
            }
        }

        await _house.SettleAsync();
        _house.Clock.Advance(TimeSpan.FromSeconds(20));
        await _house.SettleAsync();
    }

    private async Task TellAsync(int tenant, int server, IReadOnlyList<string> blocks, string? issuer)
    {
        await using var connection = await _house.Storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        // As a collector or a prober somewhere else may say it: in the time of its own place.
        var at = _house.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(2));
        var reached = new ServerReached(server, at.AddDays(-9), at.AddDays(200), issuer, blocks, at);
        await transaction.TellAsync(new TenantId(tenant), ServerTopics.Reach, reached, Cancelled);
        await transaction.CommitAsync(Cancelled);
    }

    private async Task LearnAsync()
    {
        await new ReachIntake(_house.Storage.Doors).TakeAsync(Cancelled);
        await _house.Origins.LearnAsync(Cancelled);
    }

    private async Task<string[]> CausesAsync() =>
        await _house.ScalarAsync<string[]>("SELECT COALESCE(array_agg(cause), '{}') FROM alerting.cluster");

    private sealed record Behind(int Tenant, int Sink, List<int> Servers);
}
