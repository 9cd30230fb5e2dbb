using AliveMcp.Egress;
using AliveMcp.Prober.Fitness;
using AliveMcp.Testing.Time;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Prober.Tests.Fitness;

public sealed class ReferenceWatchTests
{
    [Fact]
    public async Task Two_places_that_take_connections_keep_us_fit_beside_one_that_is_dead()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));
        await using var one = RawServer.Silent();
        await using var two = RawServer.Silent();
        var watched = new References([one.Url, two.Url, RawServer.Nobody()], clock);
        using var watch = new ReferenceWatch(
            watched,
            new EgressGuard(new EgressOptions { AllowPrivate = true }),
            clock
        );
        clock.Advance(References.Memory + TimeSpan.FromSeconds(1));
        Assert.True(watched.AreSilent());

        await watch.StartAsync(TestContext.Current.CancellationToken);
        await AnsweredAsync(watched, clock);

        clock.Advance(References.Memory + TimeSpan.FromSeconds(1));
        await AnsweredAsync(watched, clock);
        await watch.StopAsync(CancellationToken.None);
    }

    private static Task AnsweredAsync(References references, TestClock clock) =>
        Eventually.GetAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(references.AreSilent());
            },
            silent => !silent,
            TimeSpan.FromSeconds(60)
        );
}
