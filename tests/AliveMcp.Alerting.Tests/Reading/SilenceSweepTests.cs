using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Reading;

public sealed class SilenceSweepTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 30, 20, TimeSpan.Zero);
    private static readonly MinuteStamp Minute = MinuteStamp.Of(Now);

    [Fact]
    public async Task Who_falls_silent_is_told_of_after_a_quarter_of_an_hour_and_who_is_paused_is_not()
    {
        using var alerter = new Alerter(storage, new TestClock(Now));
        var log = new SealedLog(storage.Redis);
        var silent = await alerter.AddAsync(401);
        var paused = await alerter.AddAsync(402);
        var down = await alerter.AddAsync(403);
        await log.SealAsync(Verdicts.Live(silent, Minute - 5));
        await log.SealAsync(Verdicts.Live(paused, Minute - 5));
        await log.SealAsync([
            Verdicts.Live(down, Minute - 9),
            Verdicts.Down(down, Minute - 8),
            Verdicts.Down(down, Minute - 7),
            Verdicts.Down(down, Minute - 6),
        ]);
        await alerter.DrainAsync();
        await alerter.AskAsync<int>("UPDATE servers.server SET paused_at = now() WHERE server_id IN (402, 403)");

        alerter.Clock.Advance(TimeSpan.FromMinutes(14));
        await alerter.SweepAsync();
        Assert.Empty(await alerter.IncidentsAsync(silent));

        alerter.Clock.Advance(TimeSpan.FromMinutes(1));
        await alerter.SweepAsync();
        await alerter.SweepAsync();

        Assert.Equal(["10 open 1"], await alerter.IncidentsAsync(silent));
        Assert.Empty(await alerter.IncidentsAsync(paused));
        // Nobody looks any more: what was open ends.
        Assert.Equal(["1 resolved 1,3"], await alerter.IncidentsAsync(down));

        await log.SealAsync(Verdicts.Live(silent, Minute + 15));
        alerter.Clock.Advance(TimeSpan.FromMinutes(2));
        await alerter.DrainAsync();

        Assert.Equal(["10 resolved 1,3"], await alerter.IncidentsAsync(silent));
    }
}
