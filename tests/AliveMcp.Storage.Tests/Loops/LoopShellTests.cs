using AliveMcp.Storage.Loops;
using AliveMcp.Testing.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Storage.Tests.Loops;

public sealed class LoopShellTests
{
    [Fact]
    public async Task A_loop_that_fails_goes_on()
    {
        var (lifetime, clock) = (new Lifetime(), new TestClock(DateTimeOffset.UnixEpoch));
        using var stop = new CancellationTokenSource();
        var calls = 0;

        var running = Shell(lifetime, clock)
            .RunAsync(
                "test",
                _ =>
                {
                    calls++;
                    if (calls == 3)
                    {
                        stop.Cancel();
                    }

                    return calls == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask;
                },
                _ => Task.CompletedTask,
                stop.Token
            );
        clock.Advance(TimeSpan.FromSeconds(1));
        await running;

        Assert.Equal(3, calls);
        Assert.False(lifetime.IsStopped);
    }

    [Fact]
    public async Task A_loop_that_ends_unasked_stops_the_program()
    {
        var lifetime = new Lifetime();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Shell(lifetime, new TestClock(DateTimeOffset.UnixEpoch))
                .RunAsync(
                    "test",
                    _ => Task.CompletedTask,
                    _ => throw new InvalidOperationException("broken"),
                    CancellationToken.None
                )
        );

        Assert.True(lifetime.IsStopped);
    }

    private static LoopShell Shell(Lifetime lifetime, TimeProvider clock) =>
        new(lifetime, clock, NullLogger<LoopShell>.Instance);

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public bool IsStopped { get; private set; }

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => IsStopped = true;
    }
}
