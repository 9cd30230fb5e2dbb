using AliveMcp.Testing.Time;

namespace AliveMcp.Prober.Tests.Builders;

/// <summary>Lets a clock run in small steps, with time between them for whatever a step sets going.</summary>
internal static class Driven
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    public static async Task<T> ByAsync<T>(this Task<T> work, TestClock clock)
    {
        while (!work.IsCompleted)
        {
            await SettleAsync();
            clock.Advance(Step);
        }

        return await work;
    }

    /// <summary>Gives other tasks their turn, on a busy machine too: nothing says when the last of them has come to rest.</summary>
    public static async Task SettleAsync()
    {
        for (var turn = 0; turn < 50 || (ThreadPool.PendingWorkItemCount > 0 && turn < 5_000); turn++)
        {
            await Task.Yield();
        }

        await Task.Delay(Turn, TimeProvider.System);
    }
}
