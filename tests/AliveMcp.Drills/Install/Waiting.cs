namespace AliveMcp.Drills.Install;

/// <summary>Waits for what must come about, and says what did not.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task ForAsync(Func<Task<bool>> holds, TimeSpan atMost, string what)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        while (!await holds())
        {
            if (clock.GetElapsedTime(began) > atMost)
            {
                throw new TimeoutException($"Waited {atMost.TotalSeconds:0} s in vain for {what}.");
            }

            await Task.Delay(Pause, clock);
        }
    }

    /// <summary>Until so long after the start of a minute.</summary>
    public static Task UntilAsync(DateTimeOffset moment)
    {
        var left = moment - TimeProvider.System.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, TimeProvider.System) : Task.CompletedTask;
    }
}
