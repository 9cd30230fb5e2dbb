using AliveMcp.Archive.History;
using AliveMcp.Archive.Status;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests.Status;

public sealed class StatusQueriesTests(TestStorage storage) : IClassFixture<TestStorage>, IAsyncLifetime
{
    private readonly TestClock _clock = Times.Clock();
    private readonly SealedLog _log = new(storage.Redis);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Every test begins with all hours open.</summary>
    public async ValueTask InitializeAsync()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        await archiver.AskAsync<int>("UPDATE archive.progress SET closed_hour = 0, packed_hour = 0, packed_day = 0");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_sealed_minute_is_the_status_even_before_it_is_archived()
    {
        var server = Verdicts.Local(401);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute - 1));

        var status = await GetAsync(server);

        Assert.Equal(ServerState.Live, status.State);
        Assert.Null(status.Uptime30d);
    }

    [Fact]
    public async Task Without_redis_the_archive_tells_the_last_minute()
    {
        var server = Verdicts.Local(402);
        using var archiver = new Archiver(storage, _clock);
        await archiver.KeepAsync(
            Verdicts.Live(server, Times.NoonMinute - 3),
            Verdicts.Down(server, Times.NoonMinute - 2)
        );

        var status = await GetAsync(server);

        Assert.Equal(ServerState.Down, status.State);
        Assert.Equal(Times.NoonMinute - 2, status.Minute);
        Assert.Equal(Times.NoonMinute - 2, status.Since);
        Assert.Equal(50.00m, status.Uptime24h);
    }

    [Fact]
    public async Task A_redis_that_is_away_is_no_error()
    {
        await using var own = await TestStorage.CreateAsync();
        var server = Verdicts.Local(1);
        using var archiver = new Archiver(own, _clock);
        await archiver.KeepAsync(Verdicts.Live(server, Times.NoonMinute - 1));
        await own.RedisServer.DisposeAsync();

        var status = await new StatusQueries(own.Doors, own.Redis, _clock).GetAsync(server, Cancelled);

        Assert.Equal((ServerState.Live, Times.NoonMinute - 1), (status.State, status.LastMinute));
    }

    [Fact]
    public async Task Figures_are_the_same_before_and_after_hours_and_days_are_packed()
    {
        await using var own = await TestStorage.CreateAsync();
        using var archiver = new Archiver(own, _clock);
        var server = Verdicts.Local(403);
        await WatchAsync(archiver, server, Times.NoonMinute - 1500, weight: 1);
        await archiver.KeepAsync(
            Enumerable
                .Range(2, 1400)
                .Select(back => Times.NoonMinute - back)
                .Select(minute =>
                    minute.Value % 100 == 0
                        ? Verdicts.Down(server, minute)
                        : Verdicts.Live(server, minute, latencyMs: 10 + (minute.Value % 90))
                )
        );
        var queries = new StatusQueries(own.Doors, own.Redis, _clock);
        var history = new ServerHistory(own.Doors, _clock);

        var before = await queries.GetAsync(server, Cancelled);
        var daysBefore = await history.DaysAsync(server, 3, Cancelled);
        var latencyBefore = await history.LatencyAsync(server, 24, Cancelled);
        var minutesBefore = await history.MinutesAsync(server, 200, Cancelled);
        await archiver.PackAsync();
        await archiver.PackAsync();
        var after = await queries.GetAsync(server, Cancelled);

        Assert.Equal(99.00m, before.Uptime30d);
        Assert.Equal(before with { Regions = [], Version = "" }, after with { Regions = [], Version = "" });
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(daysBefore, await history.DaysAsync(server, 3, Cancelled));
        Assert.Equivalent(latencyBefore, await history.LatencyAsync(server, 24, Cancelled), strict: true);
        Assert.Equal(minutesBefore, await history.MinutesAsync(server, 200, Cancelled));
        Assert.Equal(
            Times.NoonMinute.Hour - 1,
            await archiver.AskAsync<int>("SELECT packed_hour FROM archive.progress")
        );
        Assert.Equal(
            Times.NoonMinute.Value / 1440 - 1,
            await archiver.AskAsync<int>("SELECT packed_day FROM archive.progress")
        );
    }

    [Fact]
    public async Task What_is_missing_of_the_watched_minutes_is_unknown_and_shown_as_coverage()
    {
        var server = Verdicts.Local(404);
        using var archiver = new Archiver(storage, _clock);
        await WatchAsync(archiver, server, Times.NoonMinute - 100, weight: 1);
        // A hundred minutes had to be sealed by now: -100 to -1.
        await archiver.KeepAsync(
            Enumerable.Range(51, 50).Select(back => Verdicts.Live(server, Times.NoonMinute - back))
        );

        var status = await GetAsync(server);
        var today = (await new ServerHistory(storage.Doors, _clock).DaysAsync(server, 1, Cancelled))[0];

        Assert.Equal(100.00m, status.Uptime30d);
        Assert.Equal(50.00m, status.Coverage30d);
        Assert.Equal((50, 50), (today.LiveMinutes, today.UnknownMinutes));
        Assert.Equal(ServerState.Unknown, status.State);
        Assert.Equal(Times.NoonMinute - 51, status.NotVerifiedSince);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var server = Verdicts.Local(405);
        var stranger = new ServerKey(TenantId.Public, server.Server);
        using var archiver = new Archiver(storage, _clock);
        await WatchAsync(archiver, server, Times.NoonMinute - 100, weight: 1);
        await archiver.KeepAsync(
            Verdicts.Live(server, Times.NoonMinute - 70),
            Verdicts.Live(server, Times.NoonMinute - 2)
        );
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute - 1));
        _clock.Advance(TimeSpan.FromHours(1));
        await archiver.PackAsync();
        var history = new ServerHistory(storage.Doors, _clock);

        var status = await GetAsync(stranger);

        Assert.Equal((ServerState.Unknown, null, null), (status.State, status.LastMinute, status.Uptime30d));
        Assert.Empty(await history.MinutesAsync(stranger, 60, Cancelled));
        Assert.All(await history.LatencyAsync(stranger, 24, Cancelled), point => Assert.Null(point.P50Ms));
        Assert.All(
            await history.DaysAsync(stranger, 2, Cancelled),
            bar => Assert.Equal((0, 0), (bar.LiveMinutes, bar.UnknownMinutes))
        );
        Assert.NotEmpty(await history.MinutesAsync(server, 60, Cancelled));
    }

    [Fact]
    public async Task Many_servers_of_several_tenants_are_answered_at_once()
    {
        var local = Verdicts.Local(406);
        var listed = new ServerKey(TenantId.Public, new ServerId(407));
        var nobody = Verdicts.Local(408);
        await _log.SealAsync([Verdicts.Live(local, Times.NoonMinute - 1), Verdicts.Down(listed, Times.NoonMinute - 1)]);

        var all = await new StatusQueries(storage.Doors, storage.Redis, _clock).GetManyAsync(
            [local, listed, nobody],
            Cancelled
        );

        Assert.Equal(
            [ServerState.Live, ServerState.Down, ServerState.Unknown],
            [all[local.Server].State, all[listed.Server].State, all[nobody.Server].State]
        );
    }

    [Theory]
    [InlineData(411, 1, 3, 60, true)]
    [InlineData(412, 1, 1, 60, false)]
    [InlineData(413, 1, 0, 60, true)]
    [InlineData(414, 2, 3, 60, false)]
    [InlineData(415, 3, 0, 60, true)]
    [InlineData(416, 1, 3, 26 * 60, false)]
    public async Task A_declared_change_of_more_than_words_within_a_day_is_a_drift(
        int number,
        int kind,
        int gravest,
        int back,
        bool drifted
    )
    {
        var server = Verdicts.Local(number);
        using var archiver = new Archiver(storage, _clock);
        await archiver.KeepAsync(Enumerable.Range(2, 6).Select(ago => Verdicts.Live(server, Times.NoonMinute - ago)));
        await archiver.AskAsync<int>(
            """
            INSERT INTO archive.contract_drift (tenant_id, server_id, minute, kind, from_hash, to_hash, to_list, from_key, to_key,
                gravest, classes, change_count, changes)
            VALUES (2, @number, @minute, @kind, 'a', 'b', 'b', '{}', '{}', @gravest, '{}', 0, '[]')
            """,
            new
            {
                number,
                minute = Times.NoonMinute.Value - back,
                kind,
                gravest,
            }
        );

        Assert.Equal(drifted, (await GetAsync(server)).DriftInLast24h);
    }

    private Task<ServerStatus> GetAsync(ServerKey server) =>
        new StatusQueries(storage.Doors, storage.Redis, _clock).GetAsync(server, Cancelled);

    private static Task<int> WatchAsync(Archiver archiver, ServerKey server, MinuteStamp from, int weight) =>
        archiver.AskAsync<int>(
            "INSERT INTO archive.watch_period (server_id, tenant_id, from_minute, weight) VALUES (@server, 2, @from, @weight)",
            new
            {
                server = server.Server.Value,
                from = from.Value,
                weight,
            }
        );
}
