using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Tests.Deliveries;

namespace AliveMcp.Alerting.Tests.Suppression;

public sealed class BundleTests : IAsyncLifetime
{
    private readonly AlertHouse _house = new();

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Three_servers_of_one_host_are_one_notice_and_resolved_once()
    {
        var (tenant, sink, servers) = await TenantAsync("shared.example.com", 4);
        foreach (var server in servers.Take(3))
        {
            await _house.FirstBadAsync(tenant, server);
        }

        var incidents = await FailAsync(tenant, servers.Take(3));
        await GatherAsync();
        Assert.Equal(["3 servers behind shared.example.com"], Summaries(sink));

        await _house.FirstBadAsync(tenant, servers[3]);
        incidents.AddRange(await FailAsync(tenant, [servers[3]]));
        await GatherAsync();
        Assert.Equal(["incident.triggered", "incident.updated"], _house.TypesTookBy(sink));
        Assert.Equal("4 servers behind shared.example.com", Summaries(sink).Last());

        await RecoverAsync(tenant, incidents.Take(3));
        Assert.Equal(2, _house.TookBy(sink).Count);
        await RecoverAsync(tenant, incidents.Skip(3));
        Assert.Equal(["incident.triggered", "incident.updated", "incident.resolved"], _house.TypesTookBy(sink));
        Assert.Single(_house.TookBy(sink).Select(took => took.Message.DedupKey).Distinct());
    }

    [Fact]
    public async Task Who_was_told_of_the_first_by_itself_gets_an_update_and_no_second_notice()
    {
        var (tenant, sink, servers) = await TenantAsync("late.example.com", 3);
        await _house.FirstBadAsync(tenant, servers[0]);
        await FailAsync(tenant, servers.Take(1));
        await GatherAsync();
        foreach (var server in servers.Skip(1))
        {
            await _house.FirstBadAsync(tenant, server);
        }

        await FailAsync(tenant, servers.Skip(1));
        await GatherAsync();

        Assert.Equal(["incident.triggered", "incident.updated"], _house.TypesTookBy(sink));
        Assert.Single(_house.TookBy(sink).Select(took => took.Message.DedupKey).Distinct());
    }

    [Fact]
    public async Task Two_of_one_host_are_two()
    {
        var (tenant, sink, servers) = await TenantAsync("two.example.com", 2);
        foreach (var server in servers)
        {
            await _house.FirstBadAsync(tenant, server);
        }

        await FailAsync(tenant, servers);
        await GatherAsync();

        Assert.Equal(2, _house.TookBy(sink).Count);
    }

    [Fact]
    public async Task A_cluster_of_strangers_is_one_notice_a_tenant_that_names_no_other_and_ends_by_itself()
    {
        var tenants = new List<(int Tenant, int Sink, List<int> Servers)>();
        for (var i = 0; i < 6; i++)
        {
            tenants.Add(await TenantAsync("cloud.example.com", 2));
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
            incidents.AddRange((await FailAsync(tenant, servers)).Select(incident => (tenant, incident.Incident)));
        }

        await GatherAsync();
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

        await GatherAsync();
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
    public async Task A_region_of_ours_that_is_ill_pages_operators_and_no_tenant()
    {
        var tenants = new List<(int Tenant, int Sink, List<int> Servers)>();
        for (var i = 0; i < 6; i++)
        {
            var made = await TenantAsync($"own{i}.example{i}.com", 2);
            tenants.Add(made);
            await _house.FirstBadAsync(made.Tenant, made.Servers[0], "us-east");
            await _house.FirstBadAsync(made.Tenant, made.Servers[1], "us-east");
        }

        await _house.Clusters.LookAsync(CancellationToken.None);
        foreach (var (tenant, _, servers) in tenants)
        {
            await FailAsync(tenant, servers);
        }

        await GatherAsync();

        Assert.Empty(_house.Sink.Messages);
        Assert.Single(await _house.Alarms.NewestAsync(5, CancellationToken.None), alarm => alarm.Kind == "own_region");
    }

    private async Task<(int Tenant, int Sink, List<int> Servers)> TenantAsync(string host, int servers)
    {
        var tenant = await _house.TenantAsync();
        var sink = await _house.SinkAsync(tenant);
        List<int> made = [];
        for (var i = 0; i < servers; i++)
        {
            made.Add(await _house.ServerAsync(tenant, $"s{i}", $"https://{host}:443"));
        }

        await _house.Origins.LearnAsync(CancellationToken.None);
        return (tenant, sink, made);
    }

    private async Task<List<(int Server, long Incident)>> FailAsync(int tenant, IEnumerable<int> servers)
    {
        List<(int Server, long Incident)> failed = [];
        foreach (var server in servers)
        {
            var incident = await _house.IncidentAsync(tenant, server);
            failed.Add((server, incident));
            await _house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        }

        return failed;
    }

    private async Task RecoverAsync(int tenant, IEnumerable<(int Server, long Incident)> incidents)
    {
        foreach (var (server, incident) in incidents)
        {
            await _house.ResolveAsync(incident);
            await _house.AlertAsync(tenant, server, AlertType.Resolved, incident);
        }

        await GatherAsync();
    }

    private async Task GatherAsync()
    {
        await _house.SettleAsync();
        _house.Clock.Advance(TimeSpan.FromSeconds(20));
        await _house.SettleAsync();
    }

    private Task<int> ServerOfAsync(long incident) =>
        _house.ScalarAsync<int>(
            "SELECT server_id FROM alerting.incident WHERE incident_id = @incident",
            new { incident }
        );

    private IEnumerable<string> Summaries(int sink) => _house.TookBy(sink).Select(took => took.Message.Summary);
}
