using AliveMcp.Alerting.Tests.Deliveries;

namespace AliveMcp.Alerting.Tests.Suppression;

/// <summary>Servers that fail behind one that they depend on.</summary>
public sealed class DependencyTests : IAsyncLifetime
{
    private readonly AlertHouse _house = new();
    private readonly SharedHosts _hosts;

    public DependencyTests() => _hosts = new SharedHosts(_house);

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_server_and_two_that_depend_on_it_are_one_notice_that_names_it_and_is_resolved_once()
    {
        var (tenant, sink, servers) = await TenantAsync(dependants: 2);

        var incidents = await FailAsync(tenant, servers);
        await _hosts.GatherAsync();
        var told = Assert.Single(_house.TookBy(sink)).Message;
        Assert.Equal("3 servers behind Data base", told.Summary);

        await _hosts.RecoverAsync(tenant, incidents);
        Assert.Equal(["incident.triggered", "incident.resolved"], _house.TypesTookBy(sink));
        Assert.Equal("3 servers behind Data base: over", _house.TookBy(sink).Last().Message.Summary);
    }

    [Fact]
    public async Task A_server_and_one_that_depends_on_it_are_two()
    {
        var (tenant, sink, servers) = await TenantAsync(dependants: 1);

        await FailAsync(tenant, servers);
        await _hosts.GatherAsync();

        Assert.Equal(2, _house.TookBy(sink).Count);
    }

    [Fact]
    public async Task Who_no_longer_depends_and_who_depended_on_what_is_gone_is_told_alone()
    {
        var (tenant, sink, servers) = await TenantAsync(dependants: 3);
        await _house.ExecuteAsync(
            "UPDATE servers.server SET depends_on = '{}' WHERE server_id = @server",
            new { server = servers[3] }
        );
        Assert.Equal(1, await _house.Origins.LearnAsync(CancellationToken.None));
        Assert.Equal(0, await _house.Origins.LearnAsync(CancellationToken.None));
        Assert.Equal([servers[0]], await NeedsAsync(servers[1]));
        Assert.Empty(await NeedsAsync(servers[3]));

        await _house.ExecuteAsync(
            "UPDATE servers.server SET erase_asked_at = now() WHERE server_id = @server",
            new { server = servers[0] }
        );
        Assert.Equal(2, await _house.Origins.LearnAsync(CancellationToken.None));
        await FailAsync(tenant, servers.Skip(1).ToList());
        await _hosts.GatherAsync();

        Assert.Equal(3, _house.TookBy(sink).Count);
    }

    [Fact]
    public async Task Strangers_whose_servers_have_the_same_slugs_share_nothing()
    {
        var tenants = new List<(int Tenant, int Sink, List<int> Servers)>();
        for (var i = 0; i < 6; i++)
        {
            tenants.Add(await TenantAsync(dependants: 1));
        }

        foreach (var (tenant, _, servers) in tenants)
        {
            Assert.Equal([servers[0]], await NeedsAsync(servers[0]));
            Assert.Equal([servers[0]], await NeedsAsync(servers[1]));
            await FailAsync(tenant, servers);
        }

        await _house.Clusters.LookAsync(CancellationToken.None);
        await _hosts.GatherAsync();

        Assert.Equal(0, await _house.ScalarAsync<int>("SELECT count(*)::int FROM alerting.cluster"));
        Assert.All(tenants, one => Assert.Equal(2, _house.TookBy(one.Sink).Count));
    }

    /// <summary>A server that the others, each of a domain of its own, depend on; it comes first.</summary>
    private async Task<(int Tenant, int Sink, List<int> Servers)> TenantAsync(int dependants)
    {
        var tenant = await _house.TenantAsync();
        var sink = await _house.SinkAsync(tenant);
        List<int> servers = [];
        for (var i = 0; i <= dependants; i++)
        {
            servers.Add(await _house.ServerAsync(tenant, $"s{i}", $"https://t{tenant}-{i}.example:443"));
        }

        await _house.ExecuteAsync(
            """
            UPDATE servers.server SET depends_on = '{s0}' WHERE tenant_id = @tenant AND slug <> 's0';
            UPDATE servers.server SET name = 'Data base' WHERE tenant_id = @tenant AND slug = 's0'
            """,
            new { tenant }
        );
        await _house.Origins.LearnAsync(CancellationToken.None);
        return (tenant, sink, servers);
    }

    private async Task<List<(int Server, long Incident)>> FailAsync(int tenant, List<int> servers)
    {
        foreach (var server in servers)
        {
            await _house.FirstBadAsync(tenant, server);
        }

        return await _hosts.FailAsync(tenant, servers);
    }

    private async Task<int[]> NeedsAsync(int server) =>
        await _house.ScalarAsync<int[]>("SELECT needs FROM alerting.origin WHERE server_id = @server", new { server });
}
