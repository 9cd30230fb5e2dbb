using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Suppression;
using AliveMcp.Alerting.Tests.Deliveries;

namespace AliveMcp.Alerting.Tests.Suppression;

public sealed class BundleTests : IAsyncLifetime
{
    private readonly AlertHouse _house = new();
    private readonly SharedHosts _hosts;

    public BundleTests() => _hosts = new SharedHosts(_house);

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Three_servers_of_one_host_are_one_notice_and_resolved_once()
    {
        var (tenant, sink, servers) = await _hosts.TenantAsync("shared.example.com", 4);
        foreach (var server in servers.Take(3))
        {
            await _house.FirstBadAsync(tenant, server);
        }

        var incidents = await _hosts.FailAsync(tenant, servers.Take(3));
        await _hosts.GatherAsync();
        Assert.Equal(["3 servers behind shared.example.com"], Summaries(sink));

        await _house.FirstBadAsync(tenant, servers[3]);
        incidents.AddRange(await _hosts.FailAsync(tenant, [servers[3]]));
        await _hosts.GatherAsync();
        Assert.Equal(["incident.triggered", "incident.updated"], _house.TypesTookBy(sink));
        Assert.Equal("4 servers behind shared.example.com", Summaries(sink).Last());

        await _hosts.RecoverAsync(tenant, incidents.Take(3));
        Assert.Equal(2, _house.TookBy(sink).Count);
        await _hosts.RecoverAsync(tenant, incidents.Skip(3));
        Assert.Equal(["incident.triggered", "incident.updated", "incident.resolved"], _house.TypesTookBy(sink));
        Assert.Single(_house.TookBy(sink).Select(took => took.Message.DedupKey).Distinct());
    }

    [Fact]
    public async Task Who_was_told_of_the_first_by_itself_gets_an_update_and_no_second_notice()
    {
        var (tenant, sink, servers) = await _hosts.TenantAsync("late.example.com", 3);
        await _house.FirstBadAsync(tenant, servers[0]);
        await _hosts.FailAsync(tenant, servers.Take(1));
        await _hosts.GatherAsync();
        foreach (var server in servers.Skip(1))
        {
            await _house.FirstBadAsync(tenant, server);
        }

        await _hosts.FailAsync(tenant, servers.Skip(1));
        await _hosts.GatherAsync();

        Assert.Equal(["incident.triggered", "incident.updated"], _house.TypesTookBy(sink));
        Assert.Single(_house.TookBy(sink).Select(took => took.Message.DedupKey).Distinct());
    }

    [Fact]
    public async Task Two_of_one_host_are_two()
    {
        var (tenant, sink, servers) = await _hosts.TenantAsync("two.example.com", 2);
        foreach (var server in servers)
        {
            await _house.FirstBadAsync(tenant, server);
        }

        await _hosts.FailAsync(tenant, servers);
        await _hosts.GatherAsync();

        Assert.Equal(2, _house.TookBy(sink).Count);
    }

    [Fact]
    public async Task A_cluster_of_strangers_is_one_notice_a_tenant_that_names_no_other_and_ends_by_itself()
    {
        var tenants = new List<(int Tenant, int Sink, List<int> Servers)>();
        for (var i = 0; i < 6; i++)
        {
            tenants.Add(await _hosts.TenantAsync("cloud.example.com", 2));
        }

        foreach (var (tenant, _, servers) in tenants)
        {
            await _house.FirstBadAsync(tenant, servers[0]);
            await _house.FirstBadAsync(tenant, servers[1]);
        }

        await _house.Clusters.LookAsync(CancellationToken.None);
        await _house.Clusters.LookAsync(CancellationToken.None);
        Assert.Equal(1, await _house.ScalarAsync<int>("SELECT count(*)::int FROM alerting.cluster"));
        var incidents = new List<(int Tenant, long Incident)>();
        foreach (var (tenant, _, servers) in tenants)
        {
            incidents.AddRange(
                (await _hosts.FailAsync(tenant, servers)).Select(incident => (tenant, incident.Incident))
            );
        }

        await _hosts.GatherAsync();
        foreach (var (tenant, sink, _) in tenants)
        {
            var told = Assert.Single(_house.TookBy(sink)).Message;
            Assert.Equal("2 servers behind cloud.example.com", told.Summary);
            Assert.Contains("Servers of others", told.Details, StringComparison.Ordinal);
            Assert.Equal($"t{tenant}", told.Tenant);
        }

        _house.Clock.Advance(TimeSpan.FromMinutes(11));
        await _house.Clusters.LookAsync(CancellationToken.None);
        Assert.Equal(
            0,
            await _house.ScalarAsync<int>("SELECT count(*)::int FROM alerting.cluster WHERE closed_at IS NOT NULL")
        );
        foreach (var (tenant, incident) in incidents)
        {
            await _house.ResolveAsync(incident);
            await _house.AlertAsync(tenant, await ServerOfAsync(incident), AlertType.Resolved, incident);
        }

        await _hosts.GatherAsync();
        await _house.Clusters.LookAsync(CancellationToken.None);
        Assert.All(
            tenants,
            tenant => Assert.Equal(["incident.triggered", "incident.resolved"], _house.TypesTookBy(tenant.Sink))
        );
        Assert.Equal(
            1,
            await _house.ScalarAsync<int>("SELECT count(*)::int FROM alerting.cluster WHERE closed_at IS NOT NULL")
        );
    }

    [Fact]
    public async Task A_bundle_whose_last_failing_server_is_erased_ends_for_who_was_told()
    {
        var (tenant, sink, servers) = await _hosts.TenantAsync("erased.example.com", 3);
        foreach (var server in servers)
        {
            await _house.FirstBadAsync(tenant, server);
        }

        var incidents = await _hosts.FailAsync(tenant, servers);
        await _hosts.GatherAsync();
        await _hosts.RecoverAsync(tenant, incidents.Take(2));
        await _house.ForgeAsync(
            "DELETE FROM alerting.incident WHERE incident_id = @Incident",
            new { incidents[2].Incident }
        );
        var sweep = new BundleSweep(_house.Storage.Doors, _house.Clock);
        for (var i = 0; i < 3; i++)
        {
            await sweep.LookAsync(CancellationToken.None);
            await _hosts.GatherAsync();
        }

        Assert.Equal(["incident.triggered", "incident.resolved"], _house.TypesTookBy(sink));
        Assert.Equal(0, await OpenBundlesAsync(tenant));
    }

    [Fact]
    public async Task A_bundle_whose_first_server_is_erased_last_is_over_in_silence()
    {
        var (tenant, sink, servers) = await _hosts.TenantAsync("lead.example.com", 3);
        foreach (var server in servers)
        {
            await _house.FirstBadAsync(tenant, server);
        }

        var incidents = await _hosts.FailAsync(tenant, servers);
        await _hosts.GatherAsync();
        await _hosts.RecoverAsync(tenant, incidents.Skip(1));
        await _house.ForgeAsync(
            "DELETE FROM alerting.incident WHERE incident_id = @Incident",
            new { incidents[0].Incident }
        );

        await new BundleSweep(_house.Storage.Doors, _house.Clock).LookAsync(CancellationToken.None);
        await _hosts.GatherAsync();

        Assert.Equal(["incident.triggered"], _house.TypesTookBy(sink));
        Assert.Equal(0, await OpenBundlesAsync(tenant));
    }

    private Task<int> OpenBundlesAsync(int tenant) =>
        _house.ScalarAsync<int>(
            "SELECT count(*)::int FROM alerting.bundle WHERE tenant_id = @tenant AND resolved_at IS NULL",
            new { tenant }
        );

    private Task<int> ServerOfAsync(long incident) =>
        _house.ScalarAsync<int>(
            "SELECT server_id FROM alerting.incident WHERE incident_id = @incident",
            new { incident }
        );

    private IEnumerable<string> Summaries(int sink) => _house.TookBy(sink).Select(took => took.Message.Summary);
}
