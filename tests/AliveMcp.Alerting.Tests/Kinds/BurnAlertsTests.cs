using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Tests.Reading;
using AliveMcp.Archive;
using AliveMcp.Archive.Slo;
using AliveMcp.Storage;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Kinds;

/// <summary>Error budgets of servers whose minutes lie in the archive.</summary>
public sealed class BurnAlertsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 12, 30, 20, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_budget_that_burns_is_told_once_and_its_end_when_the_short_window_is_well()
    {
        using var alerter = new Alerter(storage, _clock);
        var server = await PromisedAsync(alerter, 801);
        await LiveAsync(server, 50);
        // The last of them may not be sealed yet and does not count.
        await DownAsync(alerter, server, 6);
        var alerts = Alerts(alerter);

        await alerts.LookAsync(Cancelled);
        await Alerts(alerter).LookAsync(Cancelled);

        Assert.Equal(["14 open 12"], await alerter.IncidentsAsync(server));
        Assert.Equal(
            "P2 slo.burn Weather 801 spends its error budget too fast: 5 bad minutes lately",
            await alerter.AskAsync<string>(
                """
                SELECT (message ->> 'severity') || ' ' || (message ->> 'type') || ' ' || (message ->> 'summary')
                FROM alerting.alert WHERE server_id = 801
                """
            )
        );

        // Slower burns have longer short windows: until the last of them is well it goes on.
        _clock.Advance(TimeSpan.FromHours(7));
        await LiveAsync(server, 30);
        await alerts.LookAsync(Cancelled);
        Assert.Equal(["14 resolved 12,3"], await alerter.IncidentsAsync(server));
    }

    [Fact]
    public async Task Two_bad_minutes_burn_nothing_however_small_the_budget_is()
    {
        using var alerter = new Alerter(storage, _clock);
        var server = await PromisedAsync(alerter, 802);
        await LiveAsync(server, 50);
        await DownAsync(alerter, server, 2);

        await Alerts(alerter).LookAsync(Cancelled);

        Assert.Empty(await alerter.IncidentsAsync(server));
    }

    [Fact]
    public async Task Who_promised_nothing_or_switched_it_off_hears_nothing()
    {
        using var alerter = new Alerter(storage, _clock);
        var free = await alerter.AddAsync(803);
        var off = await PromisedAsync(alerter, 804, """{"severity":{},"off":["burn"],"on":[]}""");
        foreach (var server in new[] { free, off })
        {
            await DownAsync(alerter, server, 20);
        }

        await Alerts(alerter).LookAsync(Cancelled);

        Assert.Empty(await alerter.IncidentsAsync(free));
        Assert.Empty(await alerter.IncidentsAsync(off));
    }

    private BurnAlerts Alerts(Alerter alerter)
    {
        var rooms = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AddAliveMcpStorage(storage.Options, storage.Redis)
            .AddArchive()
            .BuildServiceProvider();
        return new BurnAlerts(storage.Doors, rooms.GetRequiredService<BurnWatch>(), alerter.Opener, _clock);
    }

    private static async Task<ServerKey> PromisedAsync(Alerter alerter, int server, string? alerts = null)
    {
        var key = await alerter.AddAsync(server, alerts);
        await alerter.AskAsync<int>(
            "UPDATE servers.server SET slo_target = 99900, slo_window = 1 WHERE server_id = @server",
            new { server }
        );
        return key;
    }

    /// <summary>The next minutes, until now.</summary>
    private Task LiveAsync(ServerKey server, int minutes) =>
        KeepAsync(minutes, minute => Verdicts.Live(server, minute));

    private async Task DownAsync(Alerter alerter, ServerKey server, int minutes)
    {
        await KeepAsync(minutes, minute => Verdicts.Down(server, minute));
        await alerter.AskAsync<int>(
            """
            INSERT INTO alerting.first_bad (server_id, minute, tenant_id, sealed_at, failure_reason, failed_regions, asked_regions)
            VALUES (@server, @minute, 2, now(), 1, '{local}', '{local}')
            """,
            new { server = server.Server.Value, minute = MinuteStamp.Of(_clock.GetUtcNow()).Value - minutes }
        );
    }

    private async Task KeepAsync(int minutes, Func<MinuteStamp, Vocabulary.Minutes.VerdictMinute> minute)
    {
        var rows = new ArchivedRows(storage.Doors);
        for (var i = 0; i < minutes; i++)
        {
            await rows.KeepAsync(minute(MinuteStamp.Of(_clock.GetUtcNow())));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
