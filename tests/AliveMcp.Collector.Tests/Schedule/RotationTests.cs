using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Schedule;

public sealed class RotationTests
{
    private static readonly MinuteStamp M = new(29_000_010);
    private static readonly Region[] Live = [Sample.South, Sample.North, Sample.West, Sample.East];

    [Fact]
    public void Every_region_looks_at_a_server_that_issues_no_sessions()
    {
        var turn = Rotation.Of(Watched(issuesSessions: false), M, Round(Live));

        Assert.Equal((4, 0, false), (turn.Regions.Count, turn.Reserve.Count, turn.IsRotating));
    }

    [Fact]
    public void One_region_by_turn_looks_at_a_server_that_issues_sessions_and_the_others_are_its_reserve()
    {
        var turns = Enumerable.Range(0, 4).Select(step => Rotation.Of(Watched(), M + step, Round(Live))).ToList();

        Assert.All(turns, turn => Assert.True(turn.IsRotating));
        Assert.Equal(Live.ToHashSet(), turns.Select(turn => Assert.Single(turn.Regions)).ToHashSet());
        Assert.All(turns, turn => Assert.Equal(Live.Except(turn.Regions).ToHashSet(), turn.Reserve.ToHashSet()));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(60)]
    public void Every_region_has_its_turn_at_any_cadence(int weight)
    {
        var watch = Watched(weight: weight);
        var first = Enumerable.Range(0, weight).Select(step => M + step).Single(IsTurn);

        var turns = Enumerable.Range(0, 4).Select(step => Rotation.Of(watch, first + (step * weight), Round(Live)));

        Assert.Equal(Live.ToHashSet(), turns.Select(turn => turn.Regions[0]).ToHashSet());

        bool IsTurn(MinuteStamp minute) => StartTimes.IsTurn(watch.Place, minute, weight);
    }

    [Fact]
    public void A_listing_is_looked_at_by_one_region_and_confirmed_by_two()
    {
        var turn = Rotation.Of(Watched(TenantId.Public, issuesSessions: false), M, Round(Live));

        Assert.Equal((1, 2, true), (turn.Regions.Count, turn.Reserve.Count, turn.IsRotating));
        Assert.Single(Rotation.Of(Watched(TenantId.Public), M, Round(Sample.East, Sample.West)).Reserve);
    }

    [Fact]
    public void The_only_region_of_all_does_not_rotate()
    {
        var turn = Rotation.Of(Watched(), M, Round(Sample.East));

        Assert.Equal((1, 0, false), (turn.Regions.Count, turn.Reserve.Count, turn.IsRotating));
    }

    [Fact]
    public void After_a_confirmation_round_all_of_its_regions_that_live_look_and_none_tries_twice()
    {
        var called = Round(Live);
        called = With(called, Sample.East, Sample.West, Sample.Local);

        var turn = Rotation.Of(Watched(), M, called);

        Assert.Equal([Sample.West, Sample.East], turn.Regions);
        Assert.Empty(turn.Reserve);
        Assert.True(turn.IsRotating);
    }

    [Fact]
    public void A_round_of_which_one_region_is_left_is_forgotten()
    {
        var turn = Rotation.Of(Watched(), M, With(Round(Live), Sample.East, Sample.Local));

        Assert.Equal((1, 3), (turn.Regions.Count, turn.Reserve.Count));
    }

    [Fact]
    public void The_plan_carries_the_turn_and_the_owners_quorum_for_all_who_may_be_asked()
    {
        var watch = Watched(quorum: 3);

        var planned = MinutePlanner.Plan(watch, new PlannedSoFar(M - 1), Round(Live));

        var plan = planned.Minutes[0].Plan;
        Assert.Equal((1, 3, 3, true), (plan.Regions.Count, plan.Reserve.Count, plan.Quorum, plan.Rotating));
        Assert.Single(planned.Minutes[0].Starts);
    }

    private static PlanRound Round(params Region[] live) => new(M.Start, live, wereAway: false);

    private static PlanRound With(PlanRound round, params Region[] called) =>
        new(round.Now, round.Regions, round.WereAway)
        {
            Rounds = new Dictionary<ServerId, IReadOnlyList<Region>> { [new ServerId(7)] = called },
        };

    private static Watch Watched(TenantId? tenant = null, bool issuesSessions = true, int weight = 1, int quorum = 2) =>
        Watch.Of(
            new WatchedServer
            {
                Key = new ServerKey(tenant ?? TenantId.Local, new ServerId(7)),
                Url = "https://mcp.example/mcp",
                Weight = weight,
                Quorum = quorum,
                Retention = RetentionClass.Days90,
                SettingsVersion = 3,
            },
            new PlanFacts { IssuesSessions = issuesSessions }
        );
}
