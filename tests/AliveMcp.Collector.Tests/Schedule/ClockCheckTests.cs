using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Testing.Time;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Collector.Tests.Schedule;

public sealed class ClockCheckTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Theory]
    [InlineData(0, HealthStatus.Healthy)]
    [InlineData(-60, HealthStatus.Unhealthy)]
    [InlineData(60, HealthStatus.Unhealthy)]
    public async Task A_clock_that_is_far_off_is_not_ready(int seconds, HealthStatus expected)
    {
        var ours = new TestClock((await house.Storage.Clock.NowAsync()).AddSeconds(seconds));

        var result = await new ClockCheck(house.Storage.Clock, ours).CheckHealthAsync(new HealthCheckContext());

        Assert.Equal(expected, result.Status);
    }
}
