using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Tests.Deliveries;

namespace AliveMcp.Alerting.Tests.Suppression;

/// <summary>Tenants whose servers share a host, and what happens to them.</summary>
internal sealed class SharedHosts(AlertHouse house)
{
    public async Task<(int Tenant, int Sink, List<int> Servers)> TenantAsync(string host, int servers)
    {
        var tenant = await house.TenantAsync();
        var sink = await house.SinkAsync(tenant);
        List<int> made = [];
        for (var i = 0; i < servers; i++)
        {
            made.Add(await house.ServerAsync(tenant, $"s{i}", $"https://{host}:443"));
        }

        await house.Origins.LearnAsync(CancellationToken.None);
        return (tenant, sink, made);
    }

    public async Task<List<(int Server, long Incident)>> FailAsync(int tenant, IEnumerable<int> servers)
    {
        List<(int Server, long Incident)> failed = [];
        foreach (var server in servers)
        {
            var incident = await house.IncidentAsync(tenant, server);
            failed.Add((server, incident));
            await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        }

        return failed;
    }

    public async Task RecoverAsync(int tenant, IEnumerable<(int Server, long Incident)> incidents)
    {
        foreach (var (server, incident) in incidents)
        {
            await house.ResolveAsync(incident);
            await house.AlertAsync(tenant, server, AlertType.Resolved, incident);
        }

        await GatherAsync();
    }

    public async Task GatherAsync()
    {
        await house.SettleAsync();
        house.Clock.Advance(TimeSpan.FromSeconds(20));
        await house.SettleAsync();
    }
}
