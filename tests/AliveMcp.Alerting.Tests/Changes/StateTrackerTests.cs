using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Changes;

public sealed class StateTrackerTests
{
    private static readonly TrackerSettings OutageAlone = new()
    {
        Off = Enum.GetValues<AlertKind>().Where(kind => kind != AlertKind.Outage).ToHashSet(),
    };

    [Theory]
    // Two of three confirm; it began with the first of them.
    [InlineData("LDDL", "outage opened at 2 since 1")]
    [InlineData("LDLD", "outage opened at 3 since 1")]
    [InlineData("LDLLD", "")]
    [InlineData("LDLLDD", "outage opened at 5 since 4")]
    // What one region alone saw counts towards it.
    [InlineData("LUUL", "outage opened at 2 since 1")]
    // Unknown and maintenance are as if they had not been; degraded is not down, and starts nothing anew.
    [InlineData("LD?D", "outage opened at 3 since 1")]
    [InlineData("LDMMD", "outage opened at 4 since 1")]
    [InlineData("LDGD", "outage opened at 3 since 1")]
    [InlineData("LDGGD", "")]
    // A gap of more than ten minutes.
    [InlineData("LD..........D", "")]
    [InlineData("LD.........D", "outage opened at 11 since 1")]
    // Two in a row that are not down end it, at the first of them.
    [InlineData("DDLDLL", "outage opened at 1 since 0|outage closed at 5 ended 4")]
    [InlineData("DDGG", "outage opened at 1 since 0|outage closed at 3 ended 2")]
    [InlineData("DD????LL", "outage opened at 1 since 0|outage closed at 7 ended 6")]
    [InlineData("DD??????", "outage opened at 1 since 0")]
    public void An_outage_is_confirmed_by_minutes_and_over_after_minutes(string letters, string told)
    {
        var (_, changes) = Lives.Live(Lives.Of(letters), OutageAlone);

        Assert.Equal(told, string.Join('|', Lives.Told(changes)));
    }

    [Theory]
    [InlineData("DDD", "outage opened at 2 since 0")]
    [InlineData("DDLD", "outage opened at 3 since 0")]
    [InlineData("DLLDD", "")]
    public void One_region_alone_needs_three_of_four(string letters, string told)
    {
        var (_, changes) = Lives.Live(Lives.Of(letters, regions: 1), OutageAlone);

        Assert.Equal(told, string.Join('|', Lives.Told(changes)));
    }

    [Fact]
    public void A_server_that_comes_and_goes_is_one_incident_until_it_is_calm()
    {
        var (standing, changes) = Lives.Live(Lives.Of("DDLLDDLLDDLLDLDLLLLLLLLLLLLLLLLLL"), OutageAlone);

        Assert.Equal(
            [
                "outage opened at 1 since 0",
                "outage closed at 3 ended 2",
                "outage opened at 5 since 4",
                "outage flapping at 7 since 4",
                "outage closed at 29 ended 15",
            ],
            Lives.Told(changes)
        );
        Assert.True(standing.IsCalm);
    }

    [Fact]
    public void What_comes_and_goes_and_then_stays_down_is_an_outage_like_others()
    {
        var (_, changes) = Lives.Live(Lives.Of("DDLLDDLL" + new string('D', 20) + "LL"), OutageAlone);

        Assert.Equal(["outage steady at 22 since 4", "outage closed at 29 ended 28"], Lives.Told(changes).TakeLast(2));
    }

    [Fact]
    public void Nothing_is_told_before_the_first_success_but_that_there_was_none()
    {
        var (standing, changes) = Lives.Live(Lives.Of("DDDDDDDDDDDDDDD"), from: Standing.New);

        Assert.Equal(["never_live opened at 10 since 10"], Lives.Told(changes));
        Assert.False(standing.IsArmed);

        var (_, after) = Lives.Live([Lives.Minute('L', Lives.Noon + 15)], from: standing);

        Assert.Equal(["never_live closed at 15 ended 15"], Lives.Told(after));
    }

    [Fact]
    public void Regions_that_fail_for_three_minutes_are_an_incident_of_their_own()
    {
        var (_, changes) = Lives.Live(Lives.Of("LRRLRRRLL"));

        Assert.Equal(["regional opened at 6 since 4", "regional closed at 8 ended 7"], Lives.Told(changes));
    }

    [Fact]
    public void An_outage_ends_what_led_to_it()
    {
        var (_, changes) = Lives.Live(Lives.Of("RRRDD"));

        Assert.Equal(
            ["regional opened at 2 since 0", "outage opened at 4 since 3", "regional overtaken at 4 ended 4"],
            Lives.Told(changes)
        );
    }

    [Fact]
    public void Degraded_is_told_when_it_lasts()
    {
        var (_, changes) = Lives.Live(Lives.Of("GGGGGGGGGLGGGGGGGGGGLL"));

        Assert.Equal(["degraded opened at 19 since 10", "degraded closed at 21 ended 20"], Lives.Told(changes));
    }

    [Fact]
    public void A_quarter_of_an_hour_unknown_is_blindness_and_one_known_minute_ends_it()
    {
        var (_, changes) = Lives.Live(Lives.Of("L" + new string('?', 20) + "L"));

        Assert.Equal(["blind opened at 15 since 15", "blind closed at 21 ended 21"], Lives.Told(changes));
    }

    [Fact]
    public void Slow_looks_are_blind_after_three_of_them()
    {
        var (_, changes) = Lives.Live(Lives.Of("L????", weight: 10));

        Assert.Equal(["blind opened at 30 since 30"], Lives.Told(changes));
    }

    [Fact]
    public void Silence_is_blindness_too_and_told_once()
    {
        var tracked = StateTracker.Silence(
            Lives.Armed,
            Lives.Server,
            Lives.Noon,
            Lives.Noon + 15,
            TrackerSettings.Default
        );
        var again = StateTracker.Silence(
            tracked.Standing,
            Lives.Server,
            Lives.Noon,
            Lives.Noon + 16,
            TrackerSettings.Default
        );

        Assert.Equal(["blind opened at 15 since 0"], Lives.Told(tracked.Changes));
        Assert.Empty(again.Changes);
    }

    [Theory]
    [InlineData(Why.BotChallenge, 9)]
    [InlineData(Why.RateLimited, 29)]
    public void Who_keeps_us_out_is_told_of_and_is_no_blindness(Why why, int after)
    {
        var minutes = Enumerable.Range(0, 40).Select(i => Lives.Minute(Lives.Noon + i, ServerState.Unknown, why));

        var (_, changes) = Lives.Live(minutes);

        Assert.Equal([$"blocked opened at {after} since 0"], Lives.Told(changes));
    }

    [Fact]
    public void A_door_that_is_shut_is_told_of_and_normal_after_a_day()
    {
        var minutes = Enumerable
            .Range(0, 1500)
            .Select(i => Lives.Minute('L', Lives.Noon + i) with { Access = Access.Protected });

        var (standing, changes) = Lives.Live(minutes);

        Assert.Equal(
            ["access_changed opened at 1 since 0", "access_changed accepted at 1441 ended 1441"],
            Lives.Told(changes)
        );
        Assert.Equal(Access.Protected, standing.Access);
    }

    [Fact]
    public void A_door_that_lets_strangers_in_is_told_of()
    {
        var minutes = Enumerable
            .Range(0, 3)
            .Select(i => Lives.Minute(Lives.Noon + i, ServerState.Degraded, Why.DoorOpen));

        var (_, changes) = Lives.Live(minutes);

        var change = Assert.Single(changes);
        Assert.Equal((AlertKind.DoorOpen, Severity.P1), (change.Kind, change.Severity));
    }

    [Fact]
    public void First_tries_that_fail_are_told_of_from_a_tenth_on()
    {
        var minutes = Enumerable
            .Range(0, 60)
            .Select(i => Lives.Minute('L', Lives.Noon + i) with { FailedTries = i < 12 && i % 2 == 0 ? 2 : 0 });

        var (standing, changes) = Lives.Live(minutes);

        Assert.Equal(["error_rate opened at 8 since 8", "error_rate closed at 32 ended 32"], Lives.Told(changes));
        Assert.True(standing.IsCalm);
    }

    [Fact]
    public void A_test_call_is_wrong_when_three_of_five_are()
    {
        char[] calls = ['x', 'L', 'x', 'L', 'x'];
        var minutes = calls.Select(
            (call, i) =>
                call == 'L'
                    ? Lives.Minute('L', Lives.Noon + i)
                    : Lives.Minute(Lives.Noon + i, ServerState.Degraded, Why.TestCallAssertion)
        );

        var (_, changes) = Lives.Live(minutes);

        Assert.Equal(["test_call opened at 4 since 0"], Lives.Told(changes));
    }

    [Fact]
    public void What_its_owner_chose_holds()
    {
        var settings = new TrackerSettings
        {
            Confirm = (1, 1),
            Recover = 3,
            Severities = new Dictionary<AlertKind, Severity> { [AlertKind.Outage] = Severity.P3 },
        };

        var (_, changes) = Lives.Live(Lives.Of("DLLL"), settings);

        Assert.Equal(["outage opened at 0 since 0", "outage closed at 3 ended 1"], Lives.Told(changes));
        Assert.All(changes, change => Assert.Equal(Severity.P3, change.Severity));
    }

    [Fact]
    public void A_kind_that_is_off_opens_nothing_and_ends_what_is_open()
    {
        var off = new TrackerSettings
        {
            Off = new HashSet<AlertKind> { AlertKind.Outage, AlertKind.Degraded },
        };
        var (open, _) = Lives.Live(Lives.Of("DD"));

        Assert.Empty(Lives.Live(Lives.Of("DDDD"), off).Changes);
        Assert.Equal(
            ["outage closed at 3 ended 2"],
            Lives.Told(
                Lives.Live([Lives.Minute('L', Lives.Noon + 2), Lives.Minute('L', Lives.Noon + 3)], off, open).Changes
            )
        );
    }

    [Fact]
    public void Who_is_no_longer_watched_has_nothing_open()
    {
        var (open, _) = Lives.Live(Lives.Of("DD"));

        var tracked = StateTracker.Unwatch(open, Lives.Server, Lives.Noon + 5, TrackerSettings.Default);

        Assert.Equal(["outage unwatched at 5 ended 5"], Lives.Told(tracked.Changes));
        Assert.Empty(tracked.Standing.Runs);
    }
}
