using System.Text.Json;
using AliveMcp.Alerting.Messages;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using Dapper;

namespace AliveMcp.Alerting.Tests.Reading;

public sealed class AlertDrainTests(TestStorage storage) : IClassFixture<TestStorage>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 30, 20, TimeSpan.Zero);
    private static readonly MinuteStamp Minute = MinuteStamp.Of(Now);

    private readonly SealedLog _log = new(storage.Redis);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Every test begins with an empty Redis, and with no alerter that lives.</summary>
    public async ValueTask InitializeAsync()
    {
        await storage.Redis.Database.ExecuteAsync("FLUSHALL");
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync("DELETE FROM alerting.reader; UPDATE archive.mark SET epoch = '', seq = 0");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_dead_server_opens_an_incident_and_an_alert_and_its_return_ends_both()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(101);
        await SealAsync(server, "LDDD");

        await alerter.DrainAsync();

        Assert.Equal(["1 open 1"], await alerter.IncidentsAsync(server));

        await SealAsync(server, "....LL");
        await alerter.DrainAsync();

        Assert.Equal(["1 resolved 1,3"], await alerter.IncidentsAsync(server));
    }

    [Fact]
    public async Task The_message_says_what_happened_in_our_words_and_hides_the_rest()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(102);
        await SealAsync(server, "LDDD");

        await alerter.DrainAsync();

        var text = await alerter.AskAsync<string>("SELECT message::text FROM alerting.alert WHERE server_id = 102");
        var message = JsonSerializer.Deserialize<AlertMessage>(text!, AlertJson.Options)!;
        Assert.Equal("Weather 102 is down: nothing listens at this address", message.Summary);
        Assert.Equal(
            ("incident.triggered", "outage", "P1", "down", "connection_refused", "connect", "local"),
            (
                message.Type,
                message.Kind,
                message.Severity,
                message.State,
                message.FailureReason,
                message.FailureLayer,
                message.Tenant
            )
        );
        Assert.Equal(new MessageServer("weather-102", "Weather 102", "https://weather.example/mcp"), message.Server);
        Assert.Equal([new MessageRegion("local", null, "down")], message.Regions);
        Assert.Equal((Minute - 9).Start, message.StartedAt);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_well_has_one_row_that_nobody_writes_again()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(103);
        await SealAsync(server, "L");
        await alerter.DrainAsync();
        var before = await RowAsync(alerter, server);

        await SealAsync(server, ".LLLLLL");
        Assert.Equal(6, await alerter.DrainAsync());

        Assert.Equal(before, await RowAsync(alerter, server));
    }

    [Fact]
    public async Task Another_alerter_goes_on_where_one_died()
    {
        var server = Verdicts.Local(104);
        using (var died = New())
        {
            await died.AddAsync(104);
            await SealAsync(server, "LDD");
            await died.DrainAsync();
        }

        using var other = New();
        await DieAsync(other);
        await SealAsync(server, "...DDLL");
        await other.DrainAsync();

        Assert.Equal(["1 resolved 1,3"], await other.IncidentsAsync(server));
    }

    [Fact]
    public async Task What_is_read_from_the_beginning_again_opens_nothing_twice()
    {
        var server = Verdicts.Local(105);
        using (var first = New())
        {
            await first.AddAsync(105);
            await SealAsync(server, "LDDDLLL");
            await first.DrainAsync();
            await DieAsync(first);
        }

        using var again = New();
        await again.AskAsync<int>("UPDATE archive.mark SET epoch = 'another', seq = 0 WHERE reader = 'alert'");
        await SealAsync(server, "LDDDLLLL");
        await again.DrainAsync();

        Assert.Equal(["1 resolved 1,3"], await again.IncidentsAsync(server));
    }

    [Fact]
    public async Task A_minute_waits_for_the_one_before_it_and_stays_behind_the_mark()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(106);
        await SealAsync(server, "LD", Minute - 3);
        await alerter.DrainAsync();

        // The third bad minute is sealed before the second one.
        await SealAsync(server, "D", Minute);
        var place = await PlaceAsync(alerter, server);
        await alerter.DrainAsync();
        Assert.Equal(place, await PlaceAsync(alerter, server));
        using (var other = New())
        {
            // And a process that dies with it in its memory loses nothing.
            await DieAsync(alerter);
            await other.DrainAsync();
            Assert.Empty(await other.IncidentsAsync(server));
            await SealAsync(server, "D", Minute - 1);
            await other.DrainAsync();

            Assert.Equal(["1 open 1"], await other.IncidentsAsync(server));
            Assert.Equal(
                (Minute - 2).Start.UtcDateTime,
                await other.AskAsync<DateTime>("SELECT started_at FROM alerting.incident WHERE server_id = 106")
            );
        }
    }

    [Fact]
    public async Task A_minute_that_never_comes_is_waited_for_a_minute_and_a_half()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(107);
        await SealAsync(server, "L", Minute - 2);
        await alerter.DrainAsync();
        await SealAsync(server, "L", Minute);

        Assert.Equal(0, await alerter.DrainAsync());
        alerter.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, await alerter.DrainAsync());
    }

    [Fact]
    public async Task An_erased_server_tells_nothing_and_holds_nobody_up()
    {
        using var alerter = New();
        var erased = await alerter.AddAsync(108);
        var other = await alerter.AddAsync(108 + 64);
        await SealAsync(erased, "LD");
        await alerter.DrainAsync();
        await alerter.AskAsync<int>("SELECT erasure.bury(2, 108)");

        await SealAsync(erased, "..D");
        await SealAsync(other, "LDDD");
        await alerter.DrainAsync();

        Assert.Empty(await alerter.IncidentsAsync(erased));
        Assert.Equal(["1 open 1"], await alerter.IncidentsAsync(other));
    }

    [Fact]
    public async Task Bytes_that_cannot_be_read_hold_nobody_up()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(109);
        await _log.AppendAsync(server.Server, Minute - 20, [1, 2, 3]);
        await SealAsync(server, "LDDD");

        await alerter.DrainAsync();

        Assert.Equal(["1 open 1"], await alerter.IncidentsAsync(server));
    }

    [Fact]
    public async Task Two_alerters_at_once_tell_everything_once()
    {
        using var one = New();
        using var other = New();
        var servers = new List<ServerKey>();
        for (var number = 200; number < 264; number++)
        {
            servers.Add(await one.AddAsync(number));
            await SealAsync(servers[^1], "LDDD");
        }

        await Task.WhenAll(one.DrainAsync(), other.DrainAsync());
        await Task.WhenAll(one.DrainAsync(), other.DrainAsync());

        foreach (var server in servers)
        {
            Assert.Equal(["1 open 1"], await one.IncidentsAsync(server));
        }

        Assert.Empty(one.Drain.Memories.Keys.Intersect(other.Drain.Memories.Keys));
    }

    [Fact]
    public async Task The_first_bad_minute_is_noted_before_anything_is_confirmed()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(110);
        await SealAsync(server, "LLD");

        await alerter.DrainAsync();

        Assert.Empty(await alerter.IncidentsAsync(server));
        Assert.Equal(
            "local/local",
            await alerter.AskAsync<string>(
                "SELECT failed_regions[1] || '/' || asked_regions[1] FROM alerting.first_bad WHERE server_id = 110"
            )
        );
    }

    [Fact]
    public async Task What_the_owner_chose_holds()
    {
        using var alerter = New();
        var server = await alerter.AddAsync(
            111,
            """{"confirm":1,"out_of":1,"severity":{"outage":3},"off":[],"on":[]}"""
        );
        await SealAsync(server, "LD");

        await alerter.DrainAsync();

        Assert.Equal(["1 open 1"], await alerter.IncidentsAsync(server));
        Assert.Equal(3, await alerter.AskAsync<int>("SELECT severity FROM alerting.alert WHERE server_id = 111"));
    }

    private Alerter New() => new(storage, new TestClock(Now));

    /// <summary>All living alerters but those that come from now on are dead.</summary>
    private static Task DieAsync(Alerter any) => any.AskAsync<int>("DELETE FROM alerting.reader");

    /// <summary>Letters of minutes, the first ten minutes ago; one region looks: three of four confirm.</summary>
    private Task SealAsync(ServerKey server, string letters, MinuteStamp? from = null) =>
        _log.SealAsync(
            letters
                .Select((letter, place) => (letter, At: (from ?? (Minute - 10)) + place))
                .Where(one => one.letter != '.')
                .Select(one => Of(server, one.letter, one.At))
        );

    private static VerdictMinute Of(ServerKey server, char letter, MinuteStamp minute) =>
        letter == 'L' ? Verdicts.Live(server, minute) : Verdicts.Down(server, minute);

    private static Task<string?> RowAsync(Alerter alerter, ServerKey server) =>
        alerter.AskAsync<string>(
            "SELECT xmin::text || standing FROM alerting.standing WHERE server_id = @server",
            new { server = server.Server.Value }
        );

    private static Task<long> PlaceAsync(Alerter alerter, ServerKey server) =>
        alerter.AskAsync<long>(
            "SELECT seq FROM archive.mark WHERE reader = 'alert' AND shard = @shard",
            new { shard = Shard.Of(server.Server).Value }
        );
}
