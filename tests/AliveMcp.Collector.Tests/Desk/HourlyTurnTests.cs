using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class HourlyTurnTests
{
    private static readonly MinuteStamp First = new(29_000_000);
    private static readonly Region[] Regions = [Sample.East, Sample.West, Sample.South];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(60)]
    public void In_every_hour_one_region_has_one_turn_whatever_the_cadence(int weight)
    {
        for (var server = 1; server <= 50; server++)
        {
            // The planner opens only the server's own minutes.
            var plans = Enumerable
                .Range(0, 60)
                .Select(minute => First + minute)
                .Where(minute => (minute.Value + server) % weight == 0)
                .Select(minute =>
                    Sample.Plan(new ServerKey(TenantId.Local, new ServerId(server)), minute, Regions) with
                    {
                        Weight = weight,
                    }
                );

            Assert.Equal(1, plans.Sum(plan => Regions.Count(region => HourlyTurn.IsIt(plan, region))));
        }
    }

    [Fact]
    public void Regions_take_turns_and_servers_are_spread_over_the_hour()
    {
        var turns = new List<(int Server, int Minute, Region Region)>();
        for (var server = 1; server <= 100; server++)
        {
            for (var minute = 0; minute < 180; minute++)
            {
                var plan = Sample.Plan(new ServerKey(TenantId.Local, new ServerId(server)), First + minute, Regions);
                turns.AddRange(
                    Regions.Where(region => HourlyTurn.IsIt(plan, region)).Select(region => (server, minute, region))
                );
            }
        }

        Assert.All(
            turns.GroupBy(turn => turn.Server),
            of => Assert.Equal(3, of.Select(turn => turn.Region).Distinct().Count())
        );
        Assert.True(turns.GroupBy(turn => turn.Minute % 60).Count() > 40);
    }
}
