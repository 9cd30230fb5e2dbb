using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Tests.Deliveries;

namespace AliveMcp.Alerting.Tests.Suppression;

/// <summary>
/// Servers behind two hosts fail and come back in any order, while routers and runners come in between whenever they like. Whatever is told
/// together and whatever by itself: what a sink hears under one key begins once, ends once, and nothing follows the end.
/// </summary>
public sealed class BundlePropertyTests : IAsyncLifetime
{
    private const int Servers = 7;
    private const int Steps = 60;

    private readonly AlertHouse _house = new();

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task What_begins_ends_once_in_whatever_order_servers_fail_and_routers_come(int seed)
    {
        var dice = new Random(seed);
        var (tenant, servers) = (await _house.TenantAsync(), new List<int>());
        var sinks = new[] { await _house.SinkAsync(tenant), await _house.SinkAsync(tenant) };
        for (var i = 0; i < Servers; i++)
        {
            servers.Add(
                await _house.ServerAsync(tenant, $"s{i}", $"https://{(i < 5 ? "a" : "b")}.shared{seed}.example.com:443")
            );
        }

        await _house.Origins.LearnAsync(CancellationToken.None);
        var open = new Dictionary<int, long>();
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(dice, tenant, servers, open);
        }

        foreach (var server in open.Keys.ToList())
        {
            await RecoverAsync(tenant, server, open);
        }

        await SettleAsync();
        Assert.All(sinks, Check);
        Assert.Equal(
            0,
            await _house.ScalarAsync<int>("SELECT count(*)::int FROM alerting.bundle WHERE resolved_at IS NULL")
        );
    }

    private async Task StepAsync(Random dice, int tenant, List<int> servers, Dictionary<int, long> open)
    {
        switch (dice.Next(10))
        {
            case < 4:
                await FailAsync(tenant, servers[dice.Next(Servers)], open);
                break;
            case < 6 when open.Count > 0:
                await RecoverAsync(tenant, open.Keys.ElementAt(dice.Next(open.Count)), open);
                break;
            case < 8:
                // Two routers at once: one of them has the tenant's lock, the other finds nothing.
                await Task.WhenAll(
                    _house.Router().RouteAsync(CancellationToken.None),
                    _house.Router().RouteAsync(CancellationToken.None)
                );
                break;
            case 8:
                await Task.WhenAll(AlertHouse.SendAsync(_house.Runner()), AlertHouse.SendAsync(_house.Runner()));
                break;
            default:
                _house.Clock.Advance(TimeSpan.FromSeconds(dice.Next(1, 90)));
                break;
        }
    }

    private async Task FailAsync(int tenant, int server, Dictionary<int, long> open)
    {
        if (open.ContainsKey(server))
        {
            return;
        }

        // Of one server no two incidents are confirmed in one minute.
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        await _house.FirstBadAsync(tenant, server);
        open[server] = await _house.IncidentAsync(tenant, server);
        await _house.AlertAsync(tenant, server, AlertType.Triggered, open[server]);
    }

    private async Task RecoverAsync(int tenant, int server, Dictionary<int, long> open)
    {
        await _house.ResolveAsync(open[server]);
        await _house.AlertAsync(tenant, server, AlertType.Resolved, open[server]);
        open.Remove(server);
    }

    private async Task SettleAsync()
    {
        for (var i = 0; i < 6; i++)
        {
            await _house.SettleAsync();
            _house.Clock.Advance(TimeSpan.FromSeconds(20));
        }
    }

    private void Check(int sink)
    {
        var told = _house.TookBy(sink).Select(took => took.Message).ToList();
        Assert.NotEmpty(told);
        Assert.All(
            told.GroupBy(message => message.DedupKey),
            one =>
            {
                var types = one.Select(message => message.Type).ToList();
                Assert.Equal("incident.triggered", types[0]);
                Assert.Equal("incident.resolved", types[^1]);
                Assert.Single(types, type => type == "incident.triggered");
                Assert.Single(types, type => type == "incident.resolved");
            }
        );
    }
}
