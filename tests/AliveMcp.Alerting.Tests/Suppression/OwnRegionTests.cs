using AliveMcp.Alerting.Tests.Deliveries;

namespace AliveMcp.Alerting.Tests.Suppression;

/// <summary>What fails in one region of ours alone.</summary>
public sealed class OwnRegionTests : IAsyncLifetime
{
    private readonly AlertHouse _house = new();
    private readonly SharedHosts _hosts;

    public OwnRegionTests() => _hosts = new SharedHosts(_house);

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_region_of_ours_that_is_ill_pages_operators_and_no_tenant()
    {
        var tenants = new List<(int Tenant, int Sink, List<int> Servers)>();
        for (var i = 0; i < 6; i++)
        {
            var made = await _hosts.TenantAsync($"own{i}.example{i}.com", 2);
            tenants.Add(made);
            await _house.FirstBadAsync(made.Tenant, made.Servers[0], "us-east");
            await _house.FirstBadAsync(made.Tenant, made.Servers[1], "us-east");
        }

        await _house.Clusters.LookAsync(CancellationToken.None);
        foreach (var (tenant, _, servers) in tenants)
        {
            await _hosts.FailAsync(tenant, servers);
        }

        await _hosts.GatherAsync();

        Assert.Empty(_house.Sink.Messages);
        Assert.Single(await _house.Alarms.NewestAsync(5, CancellationToken.None), alarm => alarm.Kind == "own_region");
    }

    [Fact]
    public async Task What_outlasts_a_region_of_ours_is_told_when_the_region_is_well()
    {
        var tenants = new List<(int Tenant, int Sink, List<int> Servers)>();
        var incidents = new List<(int Tenant, int Server, long Incident)>();
        for (var i = 0; i < 6; i++)
        {
            var made = await _hosts.TenantAsync($"ill{i}.example{i}.com", 2);
            tenants.Add(made);
            foreach (var server in made.Servers)
            {
                await _house.FirstBadAsync(made.Tenant, server, "us-east");
            }
        }

        await _house.Clusters.LookAsync(CancellationToken.None);
        foreach (var (tenant, _, servers) in tenants)
        {
            incidents.AddRange(
                (await _hosts.FailAsync(tenant, servers)).Select(one => (tenant, one.Server, one.Incident))
            );
        }

        await _hosts.GatherAsync();
        _house.Clock.Advance(TimeSpan.FromMinutes(30));
        await _house.Clusters.LookAsync(CancellationToken.None);
        await _hosts.GatherAsync();

        // Half an hour without another first bad minute, and all of them still fail there: it is still ours.
        Assert.Empty(_house.Sink.Messages);
        Assert.Contains(await _house.Alarms.NewestAsync(5, CancellationToken.None), alarm => alarm.EndedAt is null);

        foreach (var (tenant, server, incident) in incidents.Skip(1))
        {
            await _hosts.RecoverAsync(tenant, [(server, incident)]);
        }

        await _house.Clusters.LookAsync(CancellationToken.None);
        await _hosts.GatherAsync();

        Assert.Equal(["incident.triggered"], _house.TypesTookBy(tenants[0].Sink));
        Assert.All(tenants.Skip(1), tenant => Assert.Empty(_house.TookBy(tenant.Sink)));
        Assert.DoesNotContain(
            await _house.Alarms.NewestAsync(5, CancellationToken.None),
            alarm => alarm.EndedAt is null
        );

        await _hosts.RecoverAsync(incidents[0].Tenant, [(incidents[0].Server, incidents[0].Incident)]);
        Assert.Equal(["incident.triggered", "incident.resolved"], _house.TypesTookBy(tenants[0].Sink));
    }
}
