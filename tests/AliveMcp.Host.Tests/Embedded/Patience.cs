namespace AliveMcp.Host.Tests.Embedded;

/// <summary>One generous time-out for everything that another process does.</summary>
internal static class Patience
{
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries until it does not throw.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> attempt)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(began) < Limit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}
