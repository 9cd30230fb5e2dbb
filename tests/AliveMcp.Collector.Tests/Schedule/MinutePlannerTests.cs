using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Schedule;

public sealed class MinutePlannerTests
{
    private static readonly MinuteStamp M = new(29_000_010);
    private static readonly ServerKey Key = new(TenantId.Local, new ServerId(7));

    [Fact]
    public void A_minute_is_planned_from_twenty_seconds_before_it_begins()
    {
        var known = new PlannedSoFar(M);

        Assert.Empty(Plan(Watched(), known, 39.9).Minutes);
        Assert.Equal(M + 1, Assert.Single(Plan(Watched(), known, 40).Minutes).Plan.Minute);
    }

    [Fact]
    public void A_regular_start_keeps_its_place_in_the_minute()
    {
        var planned = Assert.Single(Plan(Watched(), new PlannedSoFar(M), 45).Minutes);

        var expected = (M + 1).Start + StartTimes.Offset(Key.Server, Sample.Local);
        Assert.Equal(expected, Assert.Single(planned.Starts));
    }

    [Fact]
    public void A_running_minute_that_nobody_planned_is_planned_late()
    {
        var known = new PlannedSoFar(M - 1);

        var planned = Assert.Single(Plan(Watched(), known, 38).Minutes);

        var regular = StartTimes.Offset(Key.Server, Sample.Local);
        Assert.Equal(M, planned.Plan.Minute);
        Assert.Equal(M.Start + (regular > Seconds(38) ? regular : Seconds(38)), planned.Starts[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(39)]
    [InlineData(59)]
    public void A_new_server_is_looked_at_now_whatever_second_it_is(double second)
    {
        var planned = Plan(Watched(), default, second).Minutes[0];

        Assert.Equal(M, planned.Plan.Minute);
        Assert.Equal(M.Start + Seconds(second), planned.Starts[0]);
    }

    [Fact]
    public void The_minute_after_a_first_look_begins_behind_its_latest_end()
    {
        var planned = Plan(Watched(), default, 50);

        var look = planned.Minutes[0];
        var next = planned.Minutes[1];
        var end = StartTimes.LastEnd(look.Plan, Sample.Local, look.Starts[0]);
        Assert.Equal(M + 1, next.Plan.Minute);
        Assert.True(next.Starts[0] >= end + StartTimes.Distance);
        Assert.True(next.Starts[0] <= (M + 1).Start + Seconds(45));
    }

    [Fact]
    public void The_next_tick_keeps_clear_of_an_earlier_first_look_too()
    {
        var look = Plan(Watched(), default, 30);

        var next = Assert.Single(Plan(Watched(), look.Known, 41).Minutes);

        var end = StartTimes.LastEnd(look.Minutes[0].Plan, Sample.Local, look.Minutes[0].Starts[0]);
        Assert.True(next.Starts[0] >= end + StartTimes.Distance);
    }

    [Fact]
    public void Many_first_looks_are_spread_over_time()
    {
        var round = Round(10);

        var starts = Enumerable
            .Range(1, 1_000)
            .Select(number => Watched(new ServerKey(TenantId.Local, new ServerId(number))))
            .Select(server => MinutePlanner.Plan(Watch.Of(server, default), default, round).Minutes[0].Starts[0])
            .ToList();

        Assert.Equal(M.Start + Seconds(10), starts.Min());
        Assert.Equal(M.Start + Seconds(10 + (999 * 0.005)), starts.Max());
        Assert.All(starts.GroupBy(start => start.ToUnixTimeSeconds()), second => Assert.True(second.Count() <= 200));
    }

    [Fact]
    public void After_our_own_downtime_everybody_is_looked_at_at_once()
    {
        var known = new PlannedSoFar(M - 2);

        var planned = Plan(Watched(), known, 3, wereAway: true).Minutes[0];

        Assert.Equal(M.Start + Seconds(3), planned.Starts[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void A_downtime_without_a_missed_turn_changes_nothing(int since)
    {
        // Its last turn is not yet a whole cadence ago: nothing was missed, and looking now would count minutes twice.
        var server = Watched() with
        {
            Weight = 10,
        };
        var turn = Enumerable
            .Range(0, 10)
            .Select(back => M - back)
            .Single(minute => StartTimes.IsTurn(Key.Server, minute, 10));
        var round = new PlanRound((turn + since).Start, [Sample.Local], wereAway: true);

        Assert.Empty(MinutePlanner.Plan(Watch.Of(server, default), new PlannedSoFar(turn, 10), round).Minutes);
    }

    [Fact]
    public void A_turn_that_was_slept_through_is_made_up_for_until_the_next_one()
    {
        var server = Watched() with { Weight = 10 };
        var turn = Enumerable
            .Range(0, 10)
            .Select(back => M - back)
            .Single(minute => StartTimes.IsTurn(Key.Server, minute, 10));
        var round = new PlanRound((turn + 13).Start, [Sample.Local], wereAway: true);

        var planned = Assert.Single(
            MinutePlanner.Plan(Watch.Of(server, default), new PlannedSoFar(turn, 10), round).Minutes
        );

        Assert.Equal((turn + 13, 7), (planned.Plan.Minute, planned.Plan.Weight));
    }

    [Fact]
    public void What_is_planned_is_not_planned_again()
    {
        Assert.Empty(Plan(Watched(), new PlannedSoFar(M + 1), 50).Minutes);
        Assert.Empty(Plan(Watched(), new PlannedSoFar(M), 3, wereAway: true).Minutes);
    }

    [Fact]
    public void Without_a_living_region_nothing_is_planned()
    {
        var planned = MinutePlanner.Plan(
            Watch.Of(Watched(), default),
            default,
            new PlanRound(M.Start, [], wereAway: true)
        );

        Assert.Empty(planned.Minutes);
        Assert.Null(planned.Known.Last);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(60)]
    public void A_slower_cadence_has_its_turns_and_no_others(int weight)
    {
        var server = Watched() with { Weight = weight };
        var turn = Enumerable.Range(1, weight).Single(back => StartTimes.IsTurn(Key.Server, M - back, weight));
        var known = new PlannedSoFar(M - turn, weight);

        var turns = new List<MinuteStamp>();
        for (var minute = 0; minute < 2 * weight; minute++)
        {
            var planned = MinutePlanner.Plan(
                Watch.Of(server, default),
                known,
                new PlanRound((M + minute).Start, [Sample.Local], false)
            );
            known = planned.Known;
            turns.AddRange(planned.Minutes.Select(opened => opened.Plan.Minute));
            Assert.All(planned.Minutes, opened => Assert.Equal(weight, opened.Plan.Weight));
        }

        Assert.Equal(2, turns.Count);
        Assert.Equal(weight, turns[1] - turns[0]);
    }

    [Fact]
    public void A_first_look_between_turns_stands_for_the_minutes_up_to_the_next_one()
    {
        var server = Watched() with { Weight = 10 };
        var looks = Enumerable
            .Range(0, 10)
            .Select(later =>
                MinutePlanner
                    .Plan(Watch.Of(server, default), default, new PlanRound((M + later).Start, [Sample.Local], false))
                    .Minutes[0]
                    .Plan
            );

        Assert.All(looks, plan => Assert.True(StartTimes.IsTurn(Key.Server, plan.Minute + plan.Weight, 10)));
        Assert.Equal(Enumerable.Range(1, 10), looks.Select(plan => plan.Weight).Order());
    }

    [Fact]
    public void The_quorum_is_never_more_than_the_regions_that_live()
    {
        var planned = Plan(Watched() with { Quorum = 3 }, default, 5).Minutes[0];

        Assert.Equal(1, planned.Plan.Quorum);
    }

    [Fact]
    public void Every_region_has_its_own_start()
    {
        var regions = new[] { Sample.West, Sample.East };
        var planned = MinutePlanner.Plan(
            Watch.Of(Watched(), default),
            new PlannedSoFar(M),
            new PlanRound(M.Start + Seconds(41), regions, false)
        );

        Assert.Equal(
            regions.Select(region => (M + 1).Start + StartTimes.Offset(Key.Server, region)),
            planned.Minutes[0].Starts
        );
    }

    [Fact]
    public void A_minute_that_somebody_opened_is_planned_once_more_at_its_regular_place()
    {
        var planned = Assert.Single(Plan(Watched(), PlannedSoFar.UpTo(M), 0, wereAway: true).Minutes);

        Assert.Equal(M, planned.Plan.Minute);
        Assert.Equal(M.Start + StartTimes.Offset(Key.Server, Sample.Local), planned.Starts[0]);
    }

    private static PlannedServer Plan(WatchedServer server, PlannedSoFar known, double second, bool wereAway = false) =>
        MinutePlanner.Plan(Watch.Of(server, default), known, Round(second, wereAway));

    private static PlanRound Round(double second, bool wereAway = false) =>
        new(M.Start + Seconds(second), [Sample.Local], wereAway);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static WatchedServer Watched(ServerKey? key = null) =>
        new()
        {
            Key = key ?? Key,
            Url = "https://mcp.example/mcp",
            Weight = 1,
            Quorum = 2,
            Retention = RetentionClass.Days90,
            SettingsVersion = 4,
        };
}
