using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Tests.Rollups;

public sealed class PackingTests(TestStorage storage) : IClassFixture<TestStorage>, IAsyncLifetime
{
    private const string HourRow = """
        SELECT concat_ws(' ', minutes, live, degraded, down, unknown, maintenance, tries, failed_tries,
            encode(packed, 'hex'), encode(latency, 'hex'), encode(regions, 'hex'))
        FROM archive.verdict_hour WHERE server_id = @server AND hour = @hour
        """;

    private static int Hour => Times.NoonMinute.Hour;

    /// <summary>Every test begins with all hours open.</summary>
    public async ValueTask InitializeAsync()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        await archiver.AskAsync<int>("UPDATE archive.progress SET closed_hour = 0, packed_hour = 0, packed_day = 0");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_hour_is_closed_95_seconds_after_its_end_and_not_before()
    {
        var clock = Times.Clock();
        using var archiver = new Archiver(storage, clock);
        var server = Verdicts.Local(201);
        await archiver.KeepAsync(Verdicts.Live(server, Times.NoonMinute), Verdicts.Down(server, Times.NoonMinute + 1));

        clock.Advance(new MinuteStamp((Hour + 1) * 60).Start + TimeSpan.FromSeconds(94) - clock.GetUtcNow());
        await archiver.PackAsync();
        Assert.Null(await RowAsync(archiver, server));

        clock.Advance(TimeSpan.FromSeconds(1));
        await archiver.PackAsync();
        Assert.StartsWith("2 1 0 1 0 0 2 1 ", await RowAsync(archiver, server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_minute_that_comes_late_is_in_its_hour_as_if_it_had_come_in_time()
    {
        var (late, inTime) = (Verdicts.Local(202), Verdicts.Local(203));
        var clock = Times.Clock();
        using var archiver = new Archiver(storage, clock);
        await archiver.KeepAsync(Minutes(late).Where(verdict => verdict.Minute.OfHour != 30));
        await archiver.KeepAsync(Minutes(inTime));
        clock.Advance(TimeSpan.FromHours(1));
        await archiver.PackAsync();

        await archiver.KeepAsync(Minutes(late).Where(verdict => verdict.Minute.OfHour == 30));
        await archiver.PackAsync();

        Assert.Equal(await RowAsync(archiver, inTime), await RowAsync(archiver, late));
    }

    [Fact]
    public async Task Packing_again_changes_nothing()
    {
        var clock = Times.Clock();
        using var archiver = new Archiver(storage, clock);
        var server = Verdicts.Local(204);
        await archiver.KeepAsync(Minutes(server));
        clock.Advance(TimeSpan.FromHours(1));
        await archiver.PackAsync();
        var first = await RowAsync(archiver, server);

        await MakeDirtyAsync(archiver, server);
        await archiver.PackAsync();

        Assert.NotNull(first);
        Assert.Equal(first, await RowAsync(archiver, server));
        Assert.Equal(0, await archiver.AskAsync<int>("SELECT count(*) FROM archive.dirty_hour WHERE server_id = 204"));
    }

    [Fact]
    public async Task A_row_is_never_replaced_by_less_than_it_holds()
    {
        var clock = Times.Clock();
        using var archiver = new Archiver(storage, clock);
        var server = Verdicts.Local(205);
        await archiver.KeepAsync(Minutes(server));
        clock.Advance(TimeSpan.FromHours(1));
        await archiver.PackAsync();
        var first = await RowAsync(archiver, server);

        await archiver.AskAsync<int>("DELETE FROM archive.verdict_minute WHERE server_id = 205 AND minute % 2 = 0");
        await MakeDirtyAsync(archiver, server);
        await archiver.PackAsync();

        Assert.Equal(first, await RowAsync(archiver, server));
        Assert.Equal(
            1,
            await archiver.AskAsync<int>(
                "SELECT count(*) FROM archive.dirty_hour WHERE server_id = 205 AND come_back_at > now()"
            )
        );
        await archiver.AskAsync<int>("DELETE FROM archive.dirty_hour WHERE server_id = 205");
    }

    [Fact]
    public async Task A_server_that_changed_its_retention_within_the_hour_has_one_row()
    {
        var clock = Times.Clock();
        using var archiver = new Archiver(storage, clock);
        var server = Verdicts.Local(206);
        await archiver.KeepAsync(Verdicts.Live(server, Times.NoonMinute));
        clock.Advance(TimeSpan.FromHours(1));
        await archiver.PackAsync();

        var later = Verdicts.Live(server, Times.NoonMinute + 1);
        await archiver.KeepAsync(later with { Plan = later.Plan with { Retention = RetentionClass.Months13 } });
        await archiver.PackAsync();

        Assert.Equal(
            1,
            await archiver.AskAsync<int>("SELECT count(*) FROM archive.verdict_hour WHERE server_id = 206")
        );
        Assert.Equal(
            3,
            await archiver.AskAsync<int>("SELECT retention FROM archive.verdict_hour WHERE server_id = 206")
        );
    }

    [Fact]
    public async Task A_day_is_the_sum_of_its_hours_and_follows_them()
    {
        await using var own = await TestStorage.CreateAsync();
        var clock = Times.Clock();
        using var archiver = new Archiver(own, clock);
        var server = Verdicts.Local(207);
        var night = new MinuteStamp(Times.NoonMinute.Value / 1440 * 1440);
        await archiver.KeepAsync(
            Verdicts.Live(server, night),
            Verdicts.Live(server, night + 61),
            Verdicts.Down(server, Times.NoonMinute)
        );

        clock.Advance(TimeSpan.FromHours(12));
        await archiver.PackAsync();
        Assert.Equal("3 2 1", await DayAsync(archiver));

        await archiver.KeepAsync(Verdicts.Down(server, night + 62));
        await archiver.PackAsync();
        Assert.Equal("3 2 2", await DayAsync(archiver));
        Assert.Equal(night.Value / 1440, await archiver.AskAsync<int>("SELECT packed_day FROM archive.progress"));

        Task<string?> DayAsync(Archiver asked) =>
            asked.AskAsync<string>(
                "SELECT concat_ws(' ', hours, live, down) FROM archive.verdict_day WHERE server_id = 207"
            );
    }

    [Fact]
    public async Task Two_packers_at_once_pack_every_hour_once()
    {
        var clock = Times.Clock();
        using var one = new Archiver(storage, clock);
        using var other = new Archiver(storage, clock);
        var servers = Enumerable.Range(1_000, 40).Select(Verdicts.Local).ToList();
        await one.KeepAsync(servers.Select(server => Verdicts.Live(server, Times.NoonMinute)));
        clock.Advance(TimeSpan.FromHours(1));

        await Task.WhenAll(one.PackAsync(), other.PackAsync());
        await one.PackAsync();

        Assert.Equal(40, await one.AskAsync<int>("SELECT count(*) FROM archive.verdict_hour WHERE server_id >= 1000"));
        Assert.Equal(Hour, await one.AskAsync<int>("SELECT packed_hour FROM archive.progress"));
    }

    private static IEnumerable<VerdictMinute> Minutes(ServerKey server) =>
        Enumerable
            .Range(0, 60)
            .Select(place => new MinuteStamp((Hour * 60) + place))
            .Select(minute =>
                minute.OfHour % 7 == 0
                    ? Verdicts.Down(server, minute)
                    : Verdicts.Live(server, minute, latencyMs: minute.OfHour + 10)
            );

    private static Task<string?> RowAsync(Archiver archiver, ServerKey server) =>
        archiver.AskAsync<string>(HourRow, new { server = server.Server.Value, hour = Hour });

    private static Task<int> MakeDirtyAsync(Archiver archiver, ServerKey server) =>
        archiver.AskAsync<int>(
            "INSERT INTO archive.dirty_hour (hour, server_id, tenant_id) VALUES (@hour, @server, 2)",
            new { hour = Hour, server = server.Server.Value }
        );
}
