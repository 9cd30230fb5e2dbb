namespace AliveMcp.Testing.Time;

/// <summary>Waits for something that other processes bring about, by looking again and again under one generous limit.</summary>
public static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns the first value that satisfies; fails with the last one seen.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> satisfies, TimeSpan atMost)
    {
        using var timeout = new CancellationTokenSource(atMost);
        while (true)
        {
            var seen = await look();
            if (satisfies(seen))
            {
                return seen;
            }

            if (timeout.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {atMost}. Last seen: {seen}");
            }

            await Task.Delay(Between, TimeProvider.System, CancellationToken.None);
        }
    }
}
