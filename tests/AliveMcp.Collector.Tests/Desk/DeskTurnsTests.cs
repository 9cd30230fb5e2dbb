using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Testing.Time;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class DeskTurnsTests
{
    private readonly TestClock _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void One_region_has_so_many_requests_at_one_time_and_another_its_own()
    {
        var turns = new DeskTurns(_clock, atOnce: 2, perSecond: 100);
        var first = turns.Enter(Sample.East);
        Assert.NotNull(turns.Enter(Sample.East));

        Assert.Null(turns.Enter(Sample.East));
        Assert.NotNull(turns.Enter(Sample.West));
        first!.Dispose();
        Assert.NotNull(turns.Enter(Sample.East));
    }

    [Fact]
    public void So_many_may_begin_in_a_second()
    {
        var turns = new DeskTurns(_clock, atOnce: 100, perSecond: 3);
        for (var call = 0; call < 3; call++)
        {
            turns.Enter(Sample.East)!.Dispose();
        }

        Assert.Null(turns.Enter(Sample.East));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(turns.Enter(Sample.East));
    }
}
