using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Tests.Reading;
using AliveMcp.Archive.History;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Kinds;

/// <summary>Latencies as the archive keeps them: seven closed hours of one server, and the hot minutes of the last quarter of an hour.</summary>
public sealed class LatencyAlertsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private const string On = """{"severity":{},"off":[],"on":["latency"]}""";

    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 12, 5, 0, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_becomes_slow_is_told_with_figures_and_told_again_when_it_is_fast()
    {
        using var alerter = new Alerter(storage, _clock);
        var server = await alerter.AddAsync(701, On);
        await UsualAsync(server, 400);
        await QuarterAsync(server, 1800);
        var alerts = Alerts(alerter);

        await alerts.LookAsync(Cancelled);

        Assert.Equal(["6 open 1"], await alerter.IncidentsAsync(server));
        var told = await MessageAsync(alerter, server);
        Assert.StartsWith(
            "P3 Weather 701 is much slower than usual. The median of the last 15 minutes is 1",
            told,
            StringComparison.Ordinal
        );
        Assert.Matches("is 1[6789][0-9][0-9] ms; at this hour it is usually (3[7-9]|4[0-3])[0-9] ms", told);

        await QuarterAsync(server, 500);
        await alerts.LookAsync(Cancelled);

        Assert.Equal(["6 resolved 1,3"], await alerter.IncidentsAsync(server));
    }

    [Fact]
    public async Task Who_did_not_switch_it_on_or_has_no_custom_yet_hears_nothing()
    {
        using var alerter = new Alerter(storage, _clock);
        var usual = await alerter.AddAsync(702);
        var young = await alerter.AddAsync(703, On);
        await UsualAsync(usual, 100);
        await UsualAsync(young, 100, days: 2);
        await QuarterAsync(usual, 5000);
        await QuarterAsync(young, 5000);

        await Alerts(alerter).LookAsync(Cancelled);

        Assert.Empty(await alerter.IncidentsAsync(usual));
        Assert.Empty(await alerter.IncidentsAsync(young));
    }

    [Fact]
    public async Task An_open_one_stays_while_nothing_is_seen_and_ends_when_it_is_switched_off()
    {
        using var alerter = new Alerter(storage, _clock);
        var server = await alerter.AddAsync(704, On);
        await UsualAsync(server, 100);
        await QuarterAsync(server, 5000);
        var alerts = Alerts(alerter);
        await alerts.LookAsync(Cancelled);

        _clock.Advance(TimeSpan.FromMinutes(20));
        await alerts.LookAsync(Cancelled);
        Assert.Equal(["6 open 1"], await alerter.IncidentsAsync(server));

        await alerter.AskAsync<int>("UPDATE servers.server SET alerts = NULL WHERE server_id = 704");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await alerts.LookAsync(Cancelled);
        Assert.Equal(["6 resolved 1,3"], await alerter.IncidentsAsync(server));
    }

    [Fact]
    public async Task Several_alerters_open_it_once()
    {
        using var alerter = new Alerter(storage, _clock);
        var server = await alerter.AddAsync(705, On);
        await UsualAsync(server, 100);
        await QuarterAsync(server, 5000);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Alerts(alerter).LookAsync(Cancelled)));

        Assert.Equal(["6 open 1"], await alerter.IncidentsAsync(server));
    }

    private LatencyAlerts Alerts(Alerter alerter) =>
        new(storage.Doors, new LatencyWatch(storage.Doors, _clock), alerter.Opener, _clock);

    private static Task<string?> MessageAsync(Alerter alerter, ServerKey server) =>
        alerter.AskAsync<string>(
            """
            SELECT (message ->> 'severity') || ' ' || (message ->> 'summary') || '. ' || (message ->> 'details')
            FROM alerting.alert WHERE server_id = @server ORDER BY alert_id LIMIT 1
            """,
            new { server = server.Server.Value }
        );

    /// <summary>The same hour of the days before.</summary>
    private async Task UsualAsync(ServerKey server, int latencyMs, int days = 7)
    {
        var rows = new ArchivedRows(storage.Doors);
        var hour = MinuteStamp.Of(_clock.GetUtcNow()).Hour;
        for (var day = 1; day <= days; day++)
        {
            var first = new MinuteStamp((hour - (24 * day)) * 60);
            await rows.CloseHourAsync([
                .. Enumerable
                    .Range(0, 60)
                    .Select(minute => Verdicts.Live(server, first + minute, latencyMs: latencyMs)),
            ]);
        }
    }

    /// <summary>The next quarter of an hour, until now.</summary>
    private async Task QuarterAsync(ServerKey server, int latencyMs)
    {
        var rows = new ArchivedRows(storage.Doors);
        for (var minute = 0; minute < 15; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await rows.KeepAsync(Verdicts.Live(server, MinuteStamp.Of(_clock.GetUtcNow()), latencyMs: latencyMs));
        }
    }
}
