using AliveMcp.Archive.Rollups;

namespace AliveMcp.Archive.Tests.Rollups;

public sealed class StateWeightsTests
{
    [Theory]
    [InlineData(1440, 0, 0, 0, 0, 100.00)]
    [InlineData(1439, 0, 1, 0, 0, 99.93)]
    [InlineData(0, 1440, 0, 0, 0, 100.00)]
    [InlineData(0, 0, 5, 0, 0, 0.00)]
    [InlineData(2, 0, 1, 0, 0, 66.66)]
    [InlineData(43199, 0, 1, 0, 0, 99.99)]
    [InlineData(10_000_000, 0, 1, 0, 0, 99.99)]
    [InlineData(10, 0, 10, 1000, 1000, 50.00)]
    [InlineData(1, 1, 2, 0, 0, 50.00)]
    public void Uptime_is_live_and_degraded_of_what_counts_rounded_down(
        int live,
        int degraded,
        int down,
        int unknown,
        int maintenance,
        double uptime
    )
    {
        Assert.Equal((decimal)uptime, new StateWeights(live, degraded, down, unknown, maintenance).Uptime);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60, 0)]
    [InlineData(0, 60)]
    public void Without_a_counted_minute_there_is_no_uptime(int unknown, int maintenance)
    {
        Assert.Null(new StateWeights(0, 0, 0, unknown, maintenance).Uptime);
    }
}
