using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

public sealed class MinuteRuleTests
{
    private static readonly Region[] Five = [Sample.East, Sample.West, Sample.South, Sample.North, Sample.Local];

    // One letter a region: l live, g degraded, d down, u unknown, - silent.
    [Theory]
    [InlineData("-", 2, ServerState.Unknown, Why.NobodyLooked)]
    [InlineData("u", 2, ServerState.Unknown, Why.HostBusy)]
    [InlineData("l", 2, ServerState.Live, Why.None)]
    [InlineData("g", 2, ServerState.Degraded, Why.Slow)]
    [InlineData("d", 2, ServerState.Down, Why.Timeout)]
    [InlineData("ll", 2, ServerState.Live, Why.None)]
    [InlineData("l-", 2, ServerState.Live, Why.None)]
    [InlineData("lu", 2, ServerState.Live, Why.None)]
    [InlineData("ld", 2, ServerState.Degraded, Why.Regional)]
    [InlineData("d-", 2, ServerState.Degraded, Why.Unconfirmed)]
    [InlineData("du", 2, ServerState.Degraded, Why.Unconfirmed)]
    [InlineData("dd", 2, ServerState.Down, Why.Timeout)]
    [InlineData("d-", 1, ServerState.Down, Why.Timeout)]
    [InlineData("dddll", 3, ServerState.Down, Why.Timeout)]
    [InlineData("ddlll", 2, ServerState.Down, Why.Timeout)]
    [InlineData("ddlll", 3, ServerState.Degraded, Why.Regional)]
    [InlineData("dllll", 2, ServerState.Degraded, Why.Regional)]
    [InlineData("dgggg", 2, ServerState.Degraded, Why.Regional)]
    [InlineData("gllll", 2, ServerState.Degraded, Why.Slow)]
    [InlineData("dd---", 3, ServerState.Degraded, Why.Unconfirmed)]
    [InlineData("dd", 5, ServerState.Down, Why.Timeout)]
    [InlineData("uuuuu", 2, ServerState.Unknown, Why.HostBusy)]
    [InlineData("-----", 2, ServerState.Unknown, Why.NobodyLooked)]
    public void Quorum_decides(string said, int quorum, ServerState state, Why why)
    {
        var verdict = Judge(said, quorum);

        Assert.Equal((state, why), (verdict.State, verdict.Why));
    }

    [Fact]
    public void One_region_by_turn_is_not_yet_down()
    {
        var plan = Sample.Plan(Sample.Local) with { Rotating = true };

        var verdict = MinuteRule.Judge(plan, [Sample.Down(Sample.Local)]);

        Assert.Equal((ServerState.Degraded, Why.Unconfirmed), (verdict.State, verdict.Why));
    }

    [Fact]
    public void Regions_that_are_treated_differently_at_the_door_are_degraded()
    {
        var plan = Sample.Plan(Sample.East, Sample.West);
        var open = Sample.Entry(Sample.East);
        var gate = Sample.Entry(Sample.West) with { Access = Access.Protected, VerifiedTo = VerifiedTo.Gate };

        var verdict = MinuteRule.Judge(plan, [open, gate]);

        Assert.Equal((ServerState.Degraded, Why.AuthInconsistent), (verdict.State, verdict.Why));
        Assert.Equal((Access.Open, VerifiedTo.Tools), (verdict.Access, verdict.VerifiedTo));
    }

    [Fact]
    public void The_reason_that_most_regions_share_is_the_minutes()
    {
        var plan = Sample.Plan(Sample.East, Sample.West, Sample.South);

        var verdict = MinuteRule.Judge(
            plan,
            [
                Sample.Down(Sample.East, Why.Timeout),
                Sample.Down(Sample.West, Why.HttpError),
                Sample.Down(Sample.South, Why.HttpError),
            ]
        );

        Assert.Equal(Why.HttpError, verdict.Why);
    }

    [Fact]
    public void Of_equally_common_reasons_the_earlier_region_of_the_plan_gives_it()
    {
        var plan = Sample.Plan(Sample.East, Sample.West);

        var verdict = MinuteRule.Judge(
            plan,
            [Sample.Down(Sample.West, Why.HttpError), Sample.Down(Sample.East, Why.Timeout)]
        );

        Assert.Equal(Why.Timeout, verdict.Why);
    }

    [Fact]
    public void The_order_of_arrival_never_matters()
    {
        var random = new Random(11);
        for (var run = 0; run < 2_000; run++)
        {
            var (plan, entries) = Any(random);
            var shuffled = entries.OrderBy(_ => random.Next()).ToList();

            var one = MinuteRule.Judge(plan, entries);
            var other = MinuteRule.Judge(plan, shuffled);

            Assert.Equal(one with { Entries = [] }, other with { Entries = [] });
            Assert.Equal(one.Entries, other.Entries);
        }
    }

    [Fact]
    public void A_region_that_turns_worse_never_makes_the_minute_better()
    {
        var random = new Random(12);
        for (var run = 0; run < 2_000; run++)
        {
            var (plan, entries) = Any(random);
            for (var place = 0; place < entries.Count; place++)
            {
                if (entries[place].State is not (ServerState.Live or ServerState.Degraded))
                {
                    continue;
                }

                var before = MinuteRule.Judge(plan, entries).State;
                var worse = entries.ToList();
                worse[place] = Sample.Down(entries[place].Region);

                var after = MinuteRule.Judge(plan, worse).State;

                Assert.True(after >= before, $"{before} became {after}");
            }
        }
    }

    private static (MinutePlan Plan, List<RegionEntry> Entries) Any(Random random)
    {
        var regions = Five.Take(random.Next(1, 6)).ToArray();
        var plan = Sample.Plan(regions) with { Quorum = random.Next(1, 7), Rotating = random.Next(10) == 0 };
        var entries = regions
            .Where(_ => random.Next(4) > 0)
            .Select(region => Of("lgdu"[random.Next(4)], region))
            .ToList();
        return (plan, entries);
    }

    private static VerdictMinute Judge(string said, int quorum)
    {
        var regions = Five.Take(said.Length).ToArray();
        var entries = said.Zip(regions).Where(pair => pair.First != '-').Select(pair => Of(pair.First, pair.Second));
        return MinuteRule.Judge(Sample.Plan(regions) with { Quorum = quorum }, [.. entries]);
    }

    private static RegionEntry Of(char letter, Region region) =>
        letter switch
        {
            'l' => Sample.Entry(region),
            'g' => Sample.Entry(region, ServerState.Degraded, Why.Slow) with { Access = Access.Open },
            'd' => Sample.Down(region, Why.Timeout),
            _ => Sample.Entry(region, ServerState.Unknown, Why.HostBusy),
        };
}
