using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Kinds;
using AliveMcp.Archive.Status;
using AliveMcp.Collector.Fleet;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Alerting.Tests.Kinds;

public sealed class ProberAlarmsTests : IAsyncLifetime
{
    private readonly TestStorage _storage = new();
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 12, 30, 0, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private OperatorAlarms Alarms => new(_storage.Doors, _clock, NullLogger<OperatorAlarms>.Instance);

    public async ValueTask InitializeAsync() => await _storage.InitializeAsync();

    public async ValueTask DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task A_region_whose_probers_stay_away_calls_operators_once_and_says_when_they_are_back()
    {
        await RegionAsync("us-east", "New York", used: true);
        await RegionAsync("sa-east", "São Paulo", used: false);
        var probers = New();
        await LookAsync(probers, minutes: 2);
        Assert.Empty(await Alarms.NewestAsync(9, Cancelled));

        await LookAsync(probers, minutes: 5);
        var alarm = Assert.Single(await Alarms.NewestAsync(9, Cancelled));
        Assert.Equal(
            ("prober_unwell", 1, "No prober of us-east (New York) has asked for work since 2026-11-21 12:30 UTC."),
            (alarm.Kind, alarm.Times, alarm.Detail)
        );
        Assert.Null(alarm.EndedAt);

        await SeenAsync("us-east");
        await LookAsync(probers, minutes: 1);
        Assert.NotNull(Assert.Single(await Alarms.NewestAsync(9, Cancelled)).EndedAt);
    }

    [Fact]
    public async Task A_doubt_calls_operators_when_it_lasts()
    {
        await RegionAsync("us-east", "New York", used: true);
        var probers = New();
        for (var minute = 0; minute < 5; minute++)
        {
            Assert.Empty(await Alarms.NewestAsync(9, Cancelled));
            await SeenAsync("us-east");
            await DoubtAsync("us-east");
            await LookAsync(probers, minutes: 1);
        }

        Assert.Contains(
            "other regions see it live",
            Assert.Single(await Alarms.NewestAsync(9, Cancelled)).Detail,
            StringComparison.Ordinal
        );

        // Another alerter that has just begun to count ends nothing; four minutes without a doubt do.
        await New().LookAsync(Cancelled);
        Assert.Null(Assert.Single(await Alarms.NewestAsync(9, Cancelled)).EndedAt);
        await _storage.Redis.Database.KeyDeleteAsync("tally:{us-east}");
        await SeenAsync("us-east", minutes: 5);
        await LookAsync(probers, minutes: 4);
        Assert.NotNull(Assert.Single(await Alarms.NewestAsync(9, Cancelled)).EndedAt);
    }

    [Fact]
    public async Task An_alarm_that_was_left_open_ends_when_another_alerter_sees_the_region_well_or_gone()
    {
        await RegionAsync("us-east", "New York", used: true);
        await RegionAsync("eu-west", "London", used: true);
        var first = New();
        _clock.Advance(TimeSpan.FromMinutes(10));
        await first.LookAsync(Cancelled);
        Assert.Equal(2, (await Alarms.NewestAsync(9, Cancelled)).Count(alarm => alarm.EndedAt is null));

        await SeenAsync("us-east");
        await New().LookAsync(Cancelled);
        Assert.Equal(1, (await Alarms.NewestAsync(9, Cancelled)).Count(alarm => alarm.EndedAt is null));

        await ExecuteAsync("DELETE FROM collector.region WHERE name = 'eu-west'");
        await LookAsync(first, minutes: 1);
        Assert.DoesNotContain(await Alarms.NewestAsync(9, Cancelled), alarm => alarm.EndedAt is null);
    }

    private ProberAlarms New()
    {
        var live = new LiveRegions(_storage.Redis, new RegionTokens(_storage.Doors), _clock);
        return new ProberAlarms(new RegionPulses(new RegionRegister(_storage.Doors, live), _clock), Alarms, _clock);
    }

    private async Task LookAsync(ProberAlarms probers, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await probers.LookAsync(Cancelled);
        }
    }

    private Task RegionAsync(string name, string city, bool used) =>
        ExecuteAsync(
            """
            INSERT INTO collector.region (name, city) VALUES (@name, @city);
            INSERT INTO collector.region_token (region, token_hash, created_at, first_used_at, last_used_at)
            VALUES (@name, sha256(@name::bytea), @now, @at, @at)
            """,
            new
            {
                name,
                city,
                now = _clock.GetUtcNow(),
                at = used ? _clock.GetUtcNow() : (DateTimeOffset?)null,
            }
        );

    /// <summary>As the desk notes a prober that asks for work.</summary>
    private Task SeenAsync(string region, int minutes = 1) =>
        _storage.Redis.Database.SortedSetAddAsync(
            $"probers:{{{region}}}",
            "one",
            (_clock.GetUtcNow() + TimeSpan.FromMinutes(minutes)).ToUnixTimeMilliseconds()
        );

    /// <summary>As the tally keeps a region that was put in doubt.</summary>
    private Task DoubtAsync(string region) =>
        _storage.Redis.Database.HashSetAsync(
            $"tally:{{{region}}}",
            "until",
            (_clock.GetUtcNow() + TimeSpan.FromMinutes(2)).ToUnixTimeMilliseconds()
        );

    private async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync(sql, values);
    }
}
