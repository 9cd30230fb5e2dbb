using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class HealthTurnTests
{
    private static readonly MinutePlan Plan = Sample.Plan(Sample.Local);
    private static readonly HealthCheck Check = new() { Url = new Uri("https://mcp.example/health") };
    private static readonly ServerMemory Memory = ServerMemory.Of(Plan.Server, "https://mcp.example/mcp");

    [Theory]
    [InlineData(1, 1, 60)]
    [InlineData(2, 1, 30)]
    [InlineData(3, 1, 20)]
    [InlineData(4, 1, 15)]
    [InlineData(5, 1, 12)]
    [InlineData(1, 5, 12)]
    [InlineData(2, 5, 12)]
    [InlineData(5, 5, 12)]
    [InlineData(3, 2, 20)]
    [InlineData(5, 60, 1)]
    public void A_turn_comes_once_in_so_many_minutes_and_never_less_for_a_cadence(int every, int weight, int looks)
    {
        var seen = Enumerable
            .Range(0, 60 / weight)
            .Count(turn => IsLookedAt(Plan with { Weight = weight, Minute = Plan.Minute + (turn * weight) }, every));

        Assert.Equal(looks, seen);
    }

    [Fact]
    public void All_regions_of_a_minute_look_or_none() =>
        Assert.All(
            Enumerable.Range(0, 10).Select(minute => Plan with { Minute = Plan.Minute + minute }),
            plan => Assert.Equal(IsLookedAt(plan, 5), IsLookedAt(plan with { Rotating = true }, 5))
        );

    [Theory]
    [InlineData(Why.HealthDown, true)]
    [InlineData(Why.HealthDegraded, true)]
    [InlineData(Why.Slow, false)]
    public void What_is_bad_is_looked_at_every_minute_until_it_is_well_again(Why why, bool everyMinute)
    {
        var memory = Memory with { Regions = Memory.Regions.SetItem("local", new RegionMemory(why, null, null)) };
        var looks = Enumerable
            .Range(0, 10)
            .Count(minute =>
                HealthTurn.Of(Plan with { Minute = Plan.Minute + minute }, new HealthSetting(Check, 5), memory)
                    is not null
            );

        Assert.Equal(everyMinute ? 10 : 2, looks);
    }

    [Fact]
    public void Without_a_health_url_there_is_nothing_to_look_at() => Assert.Null(HealthTurn.Of(Plan, null, Memory));

    private static bool IsLookedAt(MinutePlan plan, int every) =>
        HealthTurn.Of(plan, new HealthSetting(Check, every), Memory) is not null;
}
