using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Install;

/// <summary>First looks are spread; a drill begins when everybody has had one.</summary>
internal static class Warmth
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <returns>The first minute that counts.</returns>
    public static Task<MinuteStamp> ReachAsync(DrillInstall install, int servers) =>
        WhenAsync(
            async now => (await install.Minutes.CountAsync(1, servers, now + -3, now)).All >= servers,
            "every server to have a minute"
        );

    /// <summary>Every first look writes down what it found out; a drill of sustained minutes begins when that is over, too.</summary>
    /// <returns>The first minute that counts.</returns>
    public static Task<MinuteStamp> SettleAsync(DrillInstall install, int servers) =>
        WhenAsync(
            async now =>
            {
                var count = await install.Minutes.CountAsync(1, servers, now + -3, now + -3);
                return count.All >= servers && count.Unknown <= servers / 1_000;
            },
            "a minute in which every server was seen"
        );

    private static async Task<MinuteStamp> WhenAsync(Func<MinuteStamp, Task<bool>> holds, string what)
    {
        await Waiting.ForAsync(() => holds(Now()), Patience, what);
        return Now() + 2;
    }

    private static MinuteStamp Now() => MinuteStamp.Of(TimeProvider.System.GetUtcNow());
}
