using AliveMcp.Testing.Time;

namespace AliveMcp.Prober.Tests.Builders;

/// <summary>Lets a clock run in small steps, with time between them for whatever a step sets going.</summary>
internal static class Driven
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    public static async Task<T> ByAsync<T>(this Task<T> work, TestClock clock)
    {
        while (!work.IsCompleted)
        {
            await SettleAsync();
            clock.Advance(Step);
        }

        return await work;
    }

    /// <summary>Gives other tasks their turn.</summary>
    public static async Task SettleAsync()
    {
        for (var turn = 0; turn < 50; turn++)
        {
            await Task.Yield();
        }
    }
}
