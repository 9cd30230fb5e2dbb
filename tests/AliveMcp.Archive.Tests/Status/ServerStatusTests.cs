using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Archive.Status;
using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Tests.Status;

public sealed class ServerStatusTests
{
    private static readonly ServerKey Server = Verdicts.Local(1);
    private static readonly MinuteStamp Minute = new(29_000_000);

    [Fact]
    public void Nothing_known_is_unknown_and_not_an_error()
    {
        var status = From(new Hot(null, null, null), Minute.Start);

        Assert.Equal(ServerState.Unknown, status.State);
        Assert.Equal(Why.NobodyLooked, status.Why);
        Assert.Null(status.LastMinute);
        Assert.Null(status.NotVerifiedSince);
        Assert.Null(status.Uptime30d);
        Assert.Null(status.P95Ms);
    }

    [Fact]
    public void A_fresh_live_minute_is_live()
    {
        var status = From(Hot(Verdicts.Live(Server, Minute)), After(90));

        Assert.Equal(ServerState.Live, status.State);
        Assert.False(status.Held);
        Assert.Equal(Minute, status.Minute);
        Assert.Equal(Minute, status.LastMinute);
        Assert.Equal(Access.Open, status.Access);
        Assert.Equal(
            [new RegionStatus(Region.Of("local"), ServerState.Live, Why.None, null, Access.Open, 20)],
            status.Regions
        );
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(5, 13)]
    [InlineData(60, 123)]
    public void The_last_known_state_is_held_for_ten_minutes_or_two_turns_and_three(int weight, int minutes)
    {
        var hot = Hot(Verdicts.Down(Server, Minute, weight));
        var end = (Minute + 1).Start + TimeSpan.FromMinutes(minutes);

        Assert.Equal(ServerState.Down, From(hot, end).State);
        Assert.True(From(hot, end).Held);
        Assert.Equal(ServerState.Unknown, From(hot, end + TimeSpan.FromSeconds(1)).State);
        Assert.Equal(Minute, From(hot, end + TimeSpan.FromSeconds(1)).NotVerifiedSince);
    }

    [Fact]
    public void A_newer_minute_that_is_unknown_does_not_take_the_state_away_at_once()
    {
        var hot = new Hot(
            Verdicts.Unknown(Server, Minute + 1),
            Verdicts.Live(Server, Minute),
            Verdicts.Live(Server, Minute)
        );

        var status = From(hot, After(150));

        Assert.Equal(ServerState.Live, status.State);
        Assert.True(status.Held);
        Assert.Equal(Minute, status.Minute);
        Assert.Equal(Minute + 1, status.LastMinute);
        Assert.Null(status.NotVerifiedSince);
    }

    [Fact]
    public void A_minute_that_should_be_sealed_by_now_and_is_not_makes_the_state_held()
    {
        var hot = Hot(Verdicts.Live(Server, Minute));

        Assert.False(From(hot, After(154)).Held);
        Assert.True(From(hot, After(155)).Held);
    }

    [Fact]
    public void After_the_hold_the_newest_minute_says_why_nothing_is_known()
    {
        var blind = Verdicts.Of(Server, Minute + 20, ServerState.Unknown, Why.ProberUnfit);
        var hot = new Hot(blind, Verdicts.Unknown(Server, Minute + 19), Verdicts.Live(Server, Minute));

        var status = From(hot, After(21 * 60));

        Assert.Equal(ServerState.Unknown, status.State);
        Assert.Equal(Why.ProberUnfit, status.Why);
        Assert.Equal(Minute, status.NotVerifiedSince);
        Assert.Equal(Minute + 20, status.Minute);
    }

    [Fact]
    public void Regional_needs_two_planned_minutes_in_a_row()
    {
        var one = Regional(Minute);
        var two = Regional(Minute + 5);

        var finding = From(new Hot(two, one, two), After(6 * 60));
        var blip = From(new Hot(two, Live(Minute), two), After(6 * 60));
        var gap = From(new Hot(Regional(Minute + 10), one, Regional(Minute + 10)), After(11 * 60));

        Assert.Equal((true, false), (finding.Regional, finding.Blip));
        Assert.Equal((false, true), (blip.Regional, blip.Blip));
        Assert.Equal((false, true), (gap.Regional, gap.Blip));
        Assert.Equal(ServerState.Degraded, blip.State);

        static VerdictMinute Regional(MinuteStamp minute) =>
            Verdicts.Of(Server, minute, ServerState.Degraded, Why.Regional, weight: 5);

        static VerdictMinute Live(MinuteStamp minute) => Verdicts.Live(Server, minute, weight: 5);
    }

    [Fact]
    public void A_planned_region_that_was_silent_is_shown_as_unknown()
    {
        var verdict = Verdicts.Live(Server, Minute) with
        {
            Plan = Verdicts.Plan(Server, Minute, [Region.Of("local"), Region.Of("silent")]),
        };

        var silent = From(Hot(verdict), After(90)).Regions[1];

        Assert.Equal(
            new RegionStatus(Region.Of("silent"), ServerState.Unknown, Why.NobodyLooked, null, Access.Unknown, null),
            silent
        );
    }

    [Fact]
    public void The_state_holds_since_the_first_minute_of_its_run_and_unknown_does_not_break_it()
    {
        var rollups = new StatusRollups
        {
            Recent =
            [
                KeptMinute.Of(Verdicts.Down(Server, Minute - 9)),
                KeptMinute.Of(Verdicts.Live(Server, Minute - 8)),
                KeptMinute.Of(Verdicts.Unknown(Server, Minute - 7)),
                KeptMinute.Of(Verdicts.Live(Server, Minute - 2)),
            ],
            RecentFrom = Minute - 1440,
        };
        var hot = new Hot(
            Verdicts.Live(Server, Minute),
            Verdicts.Live(Server, Minute - 1),
            Verdicts.Live(Server, Minute)
        );

        Assert.Equal(Minute - 8, ServerStatus.From(hot, rollups, After(90)).Since);
    }

    [Theory]
    [InlineData(-10, true)]
    [InlineData(-2000, false)]
    public void A_run_as_long_as_we_look_back_has_a_beginning_only_if_nothing_was_before(int watchedFrom, bool isKnown)
    {
        var rollups = new StatusRollups
        {
            Recent = [KeptMinute.Of(Verdicts.Live(Server, Minute - 10))],
            RecentFrom = Minute - 1440,
            WatchedFrom = Minute + watchedFrom,
        };

        var since = ServerStatus.From(Hot(Verdicts.Live(Server, Minute)), rollups, After(90)).Since;

        Assert.Equal(isKnown ? Minute - 10 : null, since);
    }

    [Theory]
    [InlineData(500, 0, 1000, 50.00)]
    [InlineData(999, 0, 1000, 99.90)]
    [InlineData(500, 500, 1000, 100.00)]
    [InlineData(61, 0, 60, 100.00)]
    public void Coverage_is_what_is_known_of_what_was_expected_maintenance_aside(
        int live,
        int maintenance,
        int expected,
        double coverage
    )
    {
        var rollups = new StatusRollups
        {
            Last30d = new StateWeights(live, 0, 0, 0, maintenance),
            Expected30d = expected,
        };

        Assert.Equal(
            (decimal)coverage,
            ServerStatus.From(Hot(Verdicts.Live(Server, Minute)), rollups, After(90)).Coverage30d
        );
    }

    [Fact]
    public void A_minute_archived_ahead_of_time_covers_none_that_is_missing()
    {
        var rollups = new StatusRollups
        {
            Last30d = new StateWeights(11, 0, 0, 0, 0),
            Early = new StateWeights(2, 0, 0, 0, 0),
            Expected30d = 10,
        };

        Assert.Equal(90.00m, ServerStatus.From(Hot(Verdicts.Live(Server, Minute)), rollups, After(90)).Coverage30d);
    }

    [Fact]
    public void The_version_changes_with_what_is_shown_and_with_nothing_else()
    {
        var hot = Hot(Verdicts.Live(Server, Minute));
        var other = Hot(Verdicts.Live(Server, Minute, latencyMs: 21));

        Assert.Equal(From(hot, After(90)).Version, From(hot, After(120)).Version);
        Assert.NotEqual(From(hot, After(90)).Version, From(other, After(90)).Version);
        Assert.NotEqual(From(hot, After(90)).Version, From(hot, After(200)).Version);
        Assert.Equal(32, From(hot, After(90)).Version.Length);
    }

    private static Hot Hot(VerdictMinute verdict) =>
        new(verdict, null, verdict.State == ServerState.Unknown ? null : verdict);

    private static ServerStatus From(Hot hot, DateTimeOffset now) => ServerStatus.From(hot, new StatusRollups(), now);

    private static DateTimeOffset After(int seconds) => Minute.Start + TimeSpan.FromSeconds(seconds);
}
