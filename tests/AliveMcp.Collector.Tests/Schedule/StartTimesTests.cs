using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Schedule;

public sealed class StartTimesTests
{
    [Fact]
    public void Servers_are_spread_over_forty_seconds_and_regions_over_five()
    {
        var offsets = Enumerable
            .Range(1, 10_000)
            .Select(number => StartTimes.Offset(new ServerId(number), Sample.Local).TotalSeconds)
            .ToList();

        Assert.All(offsets, offset => Assert.InRange(offset, 0, 45));
        Assert.All(offsets.GroupBy(offset => (int)offset), second => Assert.InRange(second.Count(), 1, 400));
    }

    [Fact]
    public void The_place_of_a_server_never_changes()
    {
        Assert.Equal(31_185, StartTimes.Offset(new ServerId(7), Sample.Local).TotalMilliseconds);
    }

    [Fact]
    public void A_regular_look_ends_before_the_next_one_of_its_region_begins()
    {
        for (var number = 1; number < 500; number++)
        {
            var server = new ServerKey(TenantId.Local, new ServerId(number));
            var plan = Sample.Plan(server, new MinuteStamp(29_000_000), Sample.Local);
            var start = plan.Minute.Start + StartTimes.Offset(server.Server, Sample.Local);

            var end = StartTimes.LastEnd(plan, Sample.Local, start);

            Assert.True(end <= start + TimeSpan.FromSeconds(58));
            Assert.True(end <= plan.Minute.Start + TimeSpan.FromSeconds(85));
            Assert.True(end >= start + TimeSpan.FromSeconds(40));
        }
    }

    [Fact]
    public void A_late_look_still_ends_with_its_minute()
    {
        var plan = Sample.Plan(Sample.Local);

        var end = StartTimes.LastEnd(plan, Sample.Local, plan.Minute.Start + TimeSpan.FromSeconds(59));

        Assert.Equal(plan.Minute.Start + TimeSpan.FromSeconds(85), end);
    }
}
