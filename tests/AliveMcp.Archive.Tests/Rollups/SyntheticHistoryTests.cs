using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Archive.Tests.Rollups;

public sealed class SyntheticHistoryTests
{
    private static readonly MinuteStamp Until = MinuteStamp.Of(
        new DateTimeOffset(2028, 3, 20, 7, 30, 0, TimeSpan.Zero)
    );

    private static readonly HistoryShape Short = new()
    {
        Until = Until,
        Days = 40,
        CalmDays = 0.5,
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_same_server_has_the_same_story()
    {
        var (one, other) = (Tell(3), Tell(3));

        Assert.Equal(one.Spells, other.Spells);
        Assert.Equal(
            one.Minutes(Short.From, Until).Select(KeptMinute.Of),
            other.Minutes(Short.From, Until).Select(KeptMinute.Of)
        );
        Assert.NotEqual(one.Spells, new Storyteller(Short with { Seed = 2 }).Tell(one.Server).Spells);
    }

    [Fact]
    public void Twenty_eight_servers_show_every_state_cadence_style_and_class()
    {
        var stories = new Storyteller(Short).Tell(TenantId.Local, 1, 28).ToList();
        var minutes = stories.SelectMany(story => story.Minutes(Short.From, Until)).ToList();

        Assert.Equal(4, minutes.DistinctBy(verdict => verdict.State).Count());
        Assert.Superset(Cadences.All.ToHashSet(), minutes.Select(verdict => verdict.Plan.Weight).ToHashSet());
        Assert.Equal(4, minutes.DistinctBy(verdict => verdict.Plan.Retention).Count());
        Assert.Contains(minutes, verdict => verdict.Plan.Maintenance);
        Assert.Contains(minutes, verdict => verdict.Plan.Rotating);
        Assert.Contains(minutes, verdict => verdict.Minute.Day == new DateOnly(2028, 2, 29));
        Assert.Contains(stories, story => story.Watched[0].From > Short.From);
        Assert.Contains(stories, story => story.Watched.Count == 2);
        Assert.Contains(stories, story => story.Spells.Any(spell => spell.Kind == SpellKind.Lost));
        Assert.All(stories, story => Assert.Contains(story.Spells, spell => spell.From.Day.Month < spell.To.Day.Month));
    }

    [Fact]
    public void The_model_counts_what_the_minutes_say()
    {
        foreach (var story in new Storyteller(Short).Tell(TenantId.Local, 1, 60))
        {
            for (var from = Short.From; from < Until; from += 1_117)
            {
                var to = from + 1_117 < Until ? from + 1_117 : Until;
                var model = story.Window(from, to);
                var weights = StateWeights.Of(story.Minutes(from, to).Select(KeptMinute.Of));

                Assert.Equal(
                    new StateWeights(model.Live, model.Degraded, model.Down, model.SealedUnknown, model.Maintenance),
                    weights
                );
                Assert.Equal(story.Minutes(from, to).Count(), model.Rows);
                Assert.Equal(weights.Uptime, model.Uptime);
            }
        }
    }

    [Fact]
    public async Task What_is_written_is_what_the_drain_and_the_packers_make_of_the_same_minutes()
    {
        await using var written = await TestStorage.CreateAsync();
        await using var packed = await TestStorage.CreateAsync();
        var shape = Short with { Days = 3, ComeAndGo = false };
        var stories = new Storyteller(shape).Tell(TenantId.Local, 1, 28).ToList();

        await new HistoryWriter(written.Doors).WriteAsync(stories, Cancelled);
        using (var archiver = new Archiver(packed, new TestClock(shape.Now)))
        {
            await archiver.KeepAsync(stories.SelectMany(story => story.Minutes(shape.From, Until)));
            await archiver.PackAsync();
        }

        foreach (var table in (string[])["verdict_hour", "verdict_day", "verdict_month", "progress"])
        {
            Assert.Equal(await RowsAsync(packed, table), await RowsAsync(written, table));
        }
    }

    [Fact]
    public async Task Days_of_forty_days_say_what_the_model_says()
    {
        await using var storage = await TestStorage.CreateAsync();
        var stories = new Storyteller(Short).Tell(TenantId.Local, 1, 28).ToList();
        var counts = await new HistoryWriter(storage.Doors).WriteAsync(stories, Cancelled);

        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        var rows = await connection.QueryAsync<(int Server, int Day, int Live, int Degraded, int Down, int Unknown)>(
            "SELECT server_id, day, live, degraded, down, unknown FROM archive.verdict_day"
        );
        var byDay = rows.ToDictionary(row => (row.Server, row.Day));

        Assert.Equal(counts.Days, byDay.Count);
        foreach (var story in stories)
        {
            for (var day = Until.Value / 1440 - 39; day < Until.Value / 1440; day++)
            {
                var model = story.Window(new MinuteStamp(day * 1440), new MinuteStamp((day + 1) * 1440));
                var row = byDay.GetValueOrDefault((story.Server.Server.Value, day));
                Assert.Equal(
                    (model.Live, model.Degraded, model.Down, model.SealedUnknown),
                    (row.Live, row.Degraded, row.Down, row.Unknown)
                );
            }
        }
    }

    private static ServerStory Tell(int server) =>
        new Storyteller(Short).Tell(new ServerKey(TenantId.Local, new ServerId(server)));

    private static async Task<IReadOnlyList<string>> RowsAsync(TestStorage storage, string table)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        var rows = await connection.QueryAsync<string>($"SELECT t::text FROM archive.{table} AS t ORDER BY 1");
        return rows.AsList();
    }
}
