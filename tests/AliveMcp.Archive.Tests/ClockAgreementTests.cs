using AliveMcp.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Archive.Tests;

public sealed class ClockAgreementTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(3 * 86_400, false)]
    [InlineData(-30, false)]
    public async Task A_clock_that_is_off_closes_no_hour_and_drops_no_day(int seconds, bool agrees)
    {
        Assert.Equal(agrees, await Agreement(new OffClock { Off = TimeSpan.FromSeconds(seconds) }).HoldsAsync());
    }

    [Fact]
    public async Task A_clock_that_is_right_again_is_believed_again()
    {
        var clock = new OffClock { Off = TimeSpan.FromHours(-1) };
        var agreement = Agreement(clock);
        Assert.False(await agreement.HoldsAsync());

        clock.Off = TimeSpan.Zero;

        Assert.True(await agreement.HoldsAsync());
    }

    private ClockAgreement Agreement(TimeProvider clock) =>
        new(storage.Clock, clock, NullLogger<ClockAgreement>.Instance);

    private sealed class OffClock : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
    }
}
