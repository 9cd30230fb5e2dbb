using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

public sealed class MinuteCourseTests
{
    private static readonly MinutePlan One = Sample.Plan(Sample.East) with { Rotating = true };
    private static readonly MinutePlan Two = Sample.Plan(Sample.East, Sample.West) with { Rotating = true };

    [Theory]
    [InlineData(ServerState.Live, "Seal")]
    [InlineData(ServerState.Unknown, "Seal")]
    [InlineData(ServerState.Degraded, "AskRound")]
    [InlineData(ServerState.Down, "AskRound")]
    public void The_one_region_whose_turn_it_was_calls_a_round_when_it_fails(ServerState state, string turn)
    {
        Assert.Equal(turn, Next(One, Sample.Entry(Sample.East, state)));
    }

    [Fact]
    public void The_only_region_of_all_calls_no_round()
    {
        Assert.Equal("Seal", Next(One with { Rotating = false }, Sample.Down(Sample.East)));
    }

    [Fact]
    public void A_round_that_has_spoken_is_judged()
    {
        Assert.Equal("Seal", Next(Two, Sample.Down(Sample.East), Sample.Down(Sample.West)));
    }

    [Fact]
    public void A_minute_waits_for_those_who_have_not_spoken()
    {
        Assert.Equal("Wait", Next(Two, Sample.Down(Sample.East)));
        Assert.Equal("Wait", MinuteCourse.Next(null, isRoundAgain: true).ToString());
    }

    [Fact]
    public void A_failure_that_comes_again_asks_again_for_its_round()
    {
        var open = new OpenMinute(Two, [Sample.Down(Sample.East)]);

        Assert.Equal("AskRound", MinuteCourse.Next(open, isRoundAgain: true).ToString());
    }

    [Fact]
    public void A_minute_in_which_a_region_in_doubt_fails_waits_for_its_deadline()
    {
        var doubted = DoubtRule.Doubted(Sample.Down(Sample.East));

        Assert.Equal("Wait", Next(One, doubted));
        Assert.Equal("Wait", Next(Two, doubted, Sample.Down(Sample.West)));
    }

    private static string Next(MinutePlan plan, params RegionEntry[] entries) =>
        MinuteCourse.Next(new OpenMinute(plan, entries), isRoundAgain: false).ToString();
}
