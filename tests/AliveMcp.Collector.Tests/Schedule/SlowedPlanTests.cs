using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Schedule;

/// <summary>Cadences that are not what the owner chose, and what becomes of the minutes in between.</summary>
public sealed class SlowedPlanTests
{
    private static readonly MinuteStamp M = new(29_000_010);
    private static readonly ServerKey Key = new(TenantId.Local, new ServerId(7));

    [Fact]
    public void A_server_that_asked_us_to_wait_is_looked_at_behind_its_pause_at_its_place_and_less_often()
    {
        var facts = new PlanFacts { BackoffUntil = M.Start + Seconds(5 * 60), BackoffMinutes = 4 };
        var watch = Watch.Of(Watched(), facts);

        var planned = Days(watch, new PlannedSoFar(M), 20);

        var first = planned[0];
        Assert.Equal(M + 5, first.Plan.Minute);
        Assert.Equal(first.Plan.Minute.Start + StartTimes.Offset(Key.Server, Sample.Local), first.Starts[0]);
        Assert.All(planned, minute => Assert.Equal(Slowed.Asked, minute.Plan.Slowed));
        Assert.Equal([5, 5], planned.Skip(1).Take(2).Select(minute => minute.Plan.Weight));
    }

    [Fact]
    public void A_server_that_keeps_our_sessions_is_looked_at_every_five_minutes()
    {
        var watch = Watch.Of(Watched(), new PlanFacts { DeleteRefused = true });
        var slow = Watch.Of(Watched() with { Weight = 10 }, new PlanFacts { DeleteRefused = true });

        Assert.Equal((5, Slowed.SessionsStay), (watch.Weight, watch.Slowed));
        Assert.Equal((10, Slowed.None), (slow.Weight, slow.Slowed));
    }

    [Theory]
    [InlineData(1, 1, 1, Slowed.None)]
    [InlineData(1, 2, 2, Slowed.HostCrowded)]
    [InlineData(1, 4, 5, Slowed.HostCrowded)]
    [InlineData(5, 2, 10, Slowed.HostCrowded)]
    [InlineData(30, 90, 60, Slowed.HostCrowded)]
    public void A_crowded_host_is_looked_at_less_often(int own, int widened, int weight, Slowed slowed)
    {
        var watch = Watch.Of(Watched() with { Weight = own }, default, widened);

        Assert.Equal((weight, slowed), (watch.Weight, watch.Slowed));
    }

    [Fact]
    public void A_verdict_stands_for_its_minutes_whatever_becomes_of_the_cadence()
    {
        var turn = Enumerable
            .Range(0, 30)
            .Select(back => M - back)
            .Single(minute => StartTimes.IsTurn(Key.Server, minute, 30));
        var slow = Days(Watch.Of(Watched() with { Weight = 30 }, default), new PlannedSoFar(turn - 30, 30), 1, turn);

        var known = new PlannedSoFar(slow[0].Plan.Minute, slow[0].Plan.Weight);
        var quick = Days(Watch.Of(Watched(), default), known, 40, turn);

        Assert.Equal(turn + 30, quick[0].Plan.Minute);
    }

    [Fact]
    public void A_cadence_that_becomes_longer_leaves_no_gap_before_its_first_turn()
    {
        var planned = Days(Watch.Of(Watched() with { Weight = 30 }, default), new PlannedSoFar(M - 1), 60);

        Assert.Equal(M, planned[0].Plan.Minute);
        Assert.Equal(M + planned[0].Plan.Weight, planned[1].Plan.Minute);
        Assert.Equal(30, planned[1].Plan.Weight);
    }

    [Fact]
    public void What_a_scheduler_holds_of_every_server_is_sixteen_bytes() =>
        Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<PlannedSoFar>());

    /// <summary>What is planned minute by minute, each asked for as its time comes.</summary>
    private static List<PlannedMinute> Days(Watch watch, PlannedSoFar known, int minutes, MinuteStamp? from = null)
    {
        var all = new List<PlannedMinute>();
        for (var minute = 0; minute < minutes; minute++)
        {
            var now = ((from ?? M) + minute).Start - MinuteTimes.PlanAhead;
            var planned = MinutePlanner.Plan(watch, known, new PlanRound(now, [Sample.Local], false));
            known = planned.Known;
            all.AddRange(planned.Minutes);
        }

        return all;
    }

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
