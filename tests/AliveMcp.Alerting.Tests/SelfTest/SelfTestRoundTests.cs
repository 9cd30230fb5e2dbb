using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.SelfTest;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Heartbeat;
using AliveMcp.Alerting.Tests.Deliveries;
using AliveMcp.Archive.Status;
using AliveMcp.Collector.Fleet;
using AliveMcp.Egress;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Sinks;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Tests.SelfTest;

/// <summary>The self-test over a real database, a real sealed log and a real address that is asked. Every test has all of it for itself.</summary>
public sealed class SelfTestRoundTests : IAsyncLifetime
{
    private readonly AlertHouse _house = new();
    private FakeWebhook _watch = null!;
    private SinkHttp _http = null!;
    private Uri? _url;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _house.InitializeAsync();
        _watch = await FakeWebhook.StartAsync();
        _http = new SinkHttp(
            new EgressGuard(new EgressOptions { Allow = [_watch.Allowed] }),
            _house.Clock,
            new SinkOptions()
        );
        _url = new Uri(_watch.Url, "/ping/7");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _watch.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task Every_minute_that_a_made_up_incident_came_through_the_address_is_asked_once()
    {
        var round = Round();
        for (var minute = 1; minute <= 6; minute++)
        {
            Assert.True(await round.RunAsync(Cancelled));
            Assert.False(await round.RunAsync(Cancelled));
            await SettleAsync();

            Assert.Equal(minute, _watch.Taken.Count);
            _house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(_watch.Taken, asked => Assert.Equal(("GET", "/ping/7", ""), (asked.Method, asked.Path, asked.Body)));
        Assert.Equal(3, await CountAsync("alerting.incident WHERE tenant_id = 0 AND state = 'resolved'"));
    }

    [Fact]
    public async Task Without_a_router_or_a_runner_nobody_is_asked()
    {
        await Round().RunAsync(Cancelled);
        await SendAsync();
        Assert.Empty(_watch.Taken);

        await _house.Router().RouteAsync(Cancelled);
        Assert.Empty(_watch.Taken);

        await SendAsync();
        Assert.Single(_watch.Taken);
    }

    [Fact]
    public async Task Several_alerters_make_up_one_incident_between_them()
    {
        for (var minute = 0; minute < 4; minute++)
        {
            var rounds = Enumerable.Range(0, 5).Select(_ => Round()).ToList();
            var made = await Task.WhenAll(rounds.Select(round => round.RunAsync(Cancelled)));

            Assert.Single(made, did => did);
            _house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(4, await CountAsync("alerting.alert WHERE tenant_id = 0"));
    }

    [Fact]
    public async Task While_the_sealed_log_is_not_read_nothing_is_made_up_and_operators_are_told()
    {
        var server = new ServerKey(TenantId.Local, new ServerId(70));
        var log = new SealedLog(_house.Storage.Redis);
        await log.SealAsync(Verdicts.Live(server, MinuteStamp.Of(_house.Clock.GetUtcNow())));
        var round = Round();
        Assert.True(await round.RunAsync(Cancelled));
        await MarkAsync(0);

        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await round.RunAsync(Cancelled));
        Assert.Equal(1, await CountAsync("alerting.operator_alarm WHERE kind = 'late_reading' AND ended_at IS NULL"));

        await MarkAsync(1);
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await round.RunAsync(Cancelled));
        Assert.Equal(0, await CountAsync("alerting.operator_alarm WHERE ended_at IS NULL"));

        async Task MarkAsync(long seq) =>
            await _house.ExecuteAsync(
                "UPDATE archive.mark SET epoch = @epoch, seq = @seq WHERE reader = 'alert' AND shard = @shard",
                new
                {
                    epoch = (string?)
                        await _house.Storage.Redis.Database.StringGetAsync(HandoverKeys.Epoch(Shard.Of(server.Server))),
                    seq,
                    shard = (short)Shard.Of(server.Server).Value,
                }
            );
    }

    [Fact]
    public async Task An_address_that_refuses_is_asked_again_with_the_next_incident_and_the_health_check_says_so()
    {
        _watch.Misbehaves = _ => new FakeReply(404, "{}");
        var round = Round();
        for (var minute = 0; minute < 8; minute++)
        {
            await round.RunAsync(Cancelled);
            await _house.ExecuteAsync(
                "UPDATE alerting.alert SET told_at = sealed_at WHERE tenant_id = 0 AND routed_at IS NULL"
            );
            await SettleAsync();
            _house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // The end of an incident goes where its beginning was taken: of each only the beginning was tried.
        Assert.Equal(4, _watch.Taken.Count);
        var told = await HealthAsync();
        Assert.Equal(HealthStatus.Degraded, told.Status);
        Assert.Contains(
            "No self-test has come through for 480 s; the last said: The heartbeat address answered 404.",
            told.Description,
            StringComparison.Ordinal
        );

        _watch.Misbehaves = null;
        await round.RunAsync(Cancelled);
        await SettleAsync();
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);
    }

    [Fact]
    public async Task Without_an_address_it_comes_through_all_the_same()
    {
        _url = null;
        await Round().RunAsync(Cancelled);
        await SettleAsync();

        Assert.Empty(_watch.Taken);
        Assert.Equal(1, await CountAsync("alerting.delivery WHERE tenant_id = 0 AND state = 'sent'"));
    }

    [Fact]
    public async Task What_was_made_up_is_gone_after_an_hour()
    {
        var round = Round();
        for (var minute = 0; minute < 130; minute++)
        {
            await round.RunAsync(Cancelled);
            await SettleAsync();
            _house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(130, _watch.Taken.Count);
        Assert.InRange(await CountAsync("alerting.incident"), 28, 33);
        Assert.InRange(await CountAsync("alerting.delivery"), 58, 66);
        Assert.Equal(1, await CountAsync("alerting.sink"));
    }

    [Fact]
    public async Task Nobody_else_can_pass_a_server_that_is_not_there_for_one_of_his()
    {
        var tenant = await _house.TenantAsync();
        var sink = await _house.SinkAsync(tenant);
        await _house.AlertAsync(tenant, 0, AlertType.Triggered);

        await _house.SettleAsync();

        Assert.Empty(_house.TookBy(sink));
    }

    private SelfTestRound Round() =>
        new(
            _house.Storage.Doors,
            new ReadingLag(_house.Storage.Doors, _house.Storage.Redis),
            new IncidentOpener(
                new MessageWriter(
                    new TenantSlugs(_house.Storage.Doors),
                    new RegionCities(new RegionTokens(_house.Storage.Doors), _house.Clock),
                    Options.Create(new SignInOptions())
                )
            ),
            _house.Alarms,
            _house.Clock
        );

    private Task<int> SendAsync() =>
        AlertHouse.SendAsync(
            _house.Runner(new HeartbeatSink(_http, Options.Create(new AlertOptions { HeartbeatUrl = _url })))
        );

    private async Task SettleAsync()
    {
        while (await _house.Router().RouteAsync(Cancelled) > 0) { }

        while (await SendAsync() > 0) { }
    }

    private Task<HealthCheckResult> HealthAsync() =>
        new AlertLag(_house.Storage.Doors, _house.Clock).CheckHealthAsync(new HealthCheckContext(), Cancelled);

    private Task<int> CountAsync(string rows) => _house.ScalarAsync<int>($"SELECT count(*)::int FROM {rows}");
}
