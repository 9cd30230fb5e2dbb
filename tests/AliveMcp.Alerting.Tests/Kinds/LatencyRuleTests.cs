using AliveMcp.Alerting.Kinds;
using AliveMcp.Archive.History;

namespace AliveMcp.Alerting.Tests.Kinds;

public sealed class LatencyRuleTests
{
    [Theory]
    // Three times as slow, half a second more, a second at least.
    [InlineData(1300, 400, false, true)]
    [InlineData(1200, 400, false, false)]
    [InlineData(999, 100, false, false)]
    [InlineData(1000, 100, false, true)]
    // Twice as slow is enough to go on, and no longer at twice.
    [InlineData(1100, 500, true, true)]
    [InlineData(1000, 500, true, false)]
    [InlineData(999, 300, true, false)]
    [InlineData(30000, 29600, true, false)]
    public void A_server_is_slow_beside_itself_and_for_whoever_waits(int now, int usual, bool wasSlow, bool isSlow) =>
        Assert.Equal(isSlow, LatencyRule.IsSlow(new ComparedLatency(now, usual), wasSlow));

    [Fact]
    public void What_opens_an_incident_never_closes_it_at_once_and_slower_is_never_better()
    {
        var dice = new Random(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var (now, usual) = (dice.Next(1, 30_000), dice.Next(1, 10_000));
            var opens = LatencyRule.IsSlow(new ComparedLatency(now, usual), wasSlow: false);
            Assert.True(!opens || LatencyRule.IsSlow(new ComparedLatency(now, usual), wasSlow: true));
            Assert.True(
                !opens || LatencyRule.IsSlow(new ComparedLatency(now + dice.Next(1, 5000), usual), wasSlow: false)
            );
        }
    }
}
