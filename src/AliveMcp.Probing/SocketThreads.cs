namespace AliveMcp.Probing;

/// <summary>Which threads a probe runs on.</summary>
public static class SocketThreads
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    // About a millisecond of parsing and hashing.
    private const int LongWork = 128 * 1024;

    /// <summary>
    /// Lets what waits for a socket go on at once on the thread that hears of it, one for each core, instead of waking another one:
    /// a probe is a few short steps between waits, and waking threads costs more than the steps.
    /// For a program that does nothing but probe; to be called before its first socket. Nothing on these threads may block.
    /// </summary>
    public static void Inline() => Environment.SetEnvironmentVariable(Switch, "1");

    /// <summary>Goes on with long work on another thread, so that the sockets of other probes need not wait for it.</summary>
    /// <param name="bytes">Of the text that is to be read.</param>
    internal static async ValueTask LeaveForAsync(int bytes)
    {
        if (bytes > LongWork)
        {
            await Task.Yield();
        }
    }
}
