using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Tests.Transports;

public sealed class DeadlineTests
{
    [Fact]
    public void A_timer_that_rings_before_the_clock_ends_the_whole()
    {
        var clock = new EarlyClock();
        using var deadline = new Deadline(TimeSpan.FromSeconds(6), clock, CancellationToken.None);
        deadline.Narrow(TimeSpan.FromSeconds(10));

        Assert.False(deadline.IsUp);
        clock.Ring();

        Assert.True(deadline.Left > TimeSpan.Zero);
        Assert.True(deadline.IsUp);
    }

    [Fact]
    public void A_step_that_ran_out_of_its_own_time_leaves_the_rest()
    {
        var clock = new EarlyClock();
        using var deadline = new Deadline(TimeSpan.FromSeconds(6), clock, CancellationToken.None);
        deadline.Narrow(TimeSpan.FromSeconds(1));
        clock.Ring();

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.IsUp);
        deadline.Widen();
        Assert.False(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.IsUp);
    }

    /// <summary>Time stands still, and timers ring when told to.</summary>
    private sealed class EarlyClock : TimeProvider
    {
        private Action _ring = () => { };

        public void Ring() => _ring();

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ring = () => callback(state);
            return new Silent();
        }
    }

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
