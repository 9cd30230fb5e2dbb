using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>Cadence, pause and planned maintenance: what is refused and by which words, and what becomes of them.</summary>
public sealed class WatchFieldsTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Theory]
    [InlineData("cadence: 3", "cadence", "'3' is no cadence; write one of 1, 2, 5, 10, 15, 30, 60 (minutes)")]
    [InlineData("cadence: 5m", "cadence", "'5m' is no cadence")]
    [InlineData("cadence: [5]", "cadence", "is a list; write one of 1, 2, 5")]
    [InlineData("watch: maybe", "watch", "'maybe' is not known")]
    [InlineData("maintenance: soon", "maintenance", "is a single value; write a list of mappings")]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00Z}]",
        "maintenance[0].to",
        "is missing; a window has from and to"
    )]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00, to: 2026-12-01T23:00Z}]",
        "maintenance[0].from",
        "'2026-12-01T22:00' is no moment with its offset, for example 2026-12-01T22:00Z"
    )]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00Z, to: 2026-12-01T23:00+01:00}]",
        "maintenance[0].to",
        "is not later than from"
    )]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00Z, to: 2027-01-02T22:00Z}]",
        "maintenance[0].to",
        "is more than 31 days after from"
    )]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00Z, to: 2026-12-01T23:00Z, nots: x}]",
        "maintenance[0].nots",
        "did you mean 'note'?"
    )]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00Z, to: 2026-12-01T23:00Z, rrule: FREQ=HOURLY}]",
        "maintenance[0].rrule",
        "'FREQ=HOURLY' is not taken; for example FREQ=WEEKLY;BYDAY=SU"
    )]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00Z, to: 2026-12-01T23:00Z, rrule: FREQ=DAILY, zone: Mars/Base}]",
        "maintenance[0].zone",
        "'Mars/Base' is no zone that we know"
    )]
    [InlineData(
        "maintenance: [{from: 2026-12-01T22:00Z, to: 2026-12-01T23:00Z, zone: Europe/Zurich}]",
        "maintenance[0].zone",
        "belongs to a window that comes again; write rrule as well"
    )]
    public void What_is_wrong_is_named_with_what_would_be_right(string field, string place, string why)
    {
        var problem = Assert.Single(
            FileReader.Read($"servers: [{{ slug: a, url: 'https://a.example/mcp', {field} }}]").Problems
        );

        Assert.Equal("servers[0]." + place, problem.Field);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cadence_shorter_than_the_plan_has_is_refused_and_absent_it_is_the_shortest()
    {
        var refused = await install.TryApplyAsync(File("cadence: 2"), tenant: Install.Dora);
        await install.ApplyAsync(File(""), tenant: Install.Dora);

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("plan_cadence", "servers[0].cadence"), (problem.Code, problem.Field));
        Assert.EndsWith(
            "cadence 2 is shorter than the plan 'slow' has; write 5 or longer.",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(5, (await WatchedAsync())[0].Weight);
    }

    [Fact]
    public async Task A_changed_cadence_is_told_and_changes_no_ticket()
    {
        await install.ApplyAsync(File("cadence: 10"));
        var changed = await install.ApplyAsync(File("cadence: 30"));

        Assert.Equal(["cadence"], changed.Fields["a"]);
        Assert.Equal((30, 1), ((await WatchedAsync())[0].Weight, (await WatchedAsync())[0].SettingsVersion));
        Assert.Equal(
            ["10", "30"],
            await install.QueryAsync<string>(
                "SELECT record->>'weight' FROM storage.outbox WHERE topic = 'server.watch' ORDER BY outbox_id"
            )
        );
    }

    [Fact]
    public async Task A_server_that_is_not_to_be_watched_stays_listed_and_paused()
    {
        await install.ApplyAsync(File(""));
        var paused = await install.ApplyAsync(File("watch: false"));
        var again = await install.ApplyAsync(File("watch: false"));
        Assert.Empty(await WatchedAsync());
        var resumed = await install.ApplyAsync(File("watch: true"));

        Assert.Equal(["a", "a", "a"], [.. paused.Paused, .. again.Unchanged, .. resumed.Resumed]);
        Assert.Single(await WatchedAsync());
        Assert.Equal(
            ["created", "paused", "resumed"],
            await install.QueryAsync<string>("SELECT kind FROM servers.event ORDER BY event_id")
        );
    }

    [Fact]
    public async Task Planned_maintenance_reaches_the_planner_while_it_is_near()
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var near =
            $"{{ from: '{now:yyyy-MM-ddTHH:mm:ssZ}', to: '{now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}', note: Moving }}";
        var far = $"{{ from: '{now.AddHours(5):yyyy-MM-ddTHH:mm:ssZ}', to: '{now.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}' }}";
        await install.ApplyAsync(File(""));

        var changed = await install.ApplyAsync(File($"maintenance: [{far}, {near}]"));
        var again = await install.ApplyAsync(File($"maintenance: [{far}, {near}]"));

        Assert.Equal(["maintenance"], changed.Fields["a"]);
        Assert.Equal(["a"], again.Unchanged);
        Assert.Equal([new MaintenanceSpan(now, now.AddHours(1), "Moving")], (await WatchedAsync())[0].Maintenance);
        await install.ApplyAsync(File(""));
        Assert.Empty((await WatchedAsync())[0].Maintenance);
        Assert.Empty(await install.QueryAsync<int>("SELECT 1 FROM servers.maintenance"));
    }

    [Fact]
    public void A_minute_lies_in_a_window_with_any_part_of_it()
    {
        var minute = new MinuteStamp(29_000_000);
        var span = new MaintenanceSpan(minute.Start.AddSeconds(30), (minute + 2).Start, null);

        Assert.Equal([false, true, true, false], Enumerable.Range(-1, 4).Select(step => span.Holds(minute + step)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<IReadOnlyList<WatchedServer>> WatchedAsync() =>
        install.Get<WatchList>().PageAsync(default, 10, CancellationToken.None);

    private static string File(string field) => $"servers: [{{ slug: a, url: 'https://a.example/mcp', {field} }}]";
}
