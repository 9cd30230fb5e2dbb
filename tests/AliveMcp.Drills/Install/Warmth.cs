using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Install;

/// <summary>First looks are spread; a drill begins when everybody has had one.</summary>
internal static class Warmth
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <returns>The first minute that counts.</returns>
    public static async Task<MinuteStamp> ReachAsync(DrillInstall install, int servers)
    {
        var clock = TimeProvider.System;
        await Waiting.ForAsync(
            async () =>
            {
                var now = MinuteStamp.Of(clock.GetUtcNow());
                return (await install.Minutes.CountAsync(1, servers, now + -3, now)).All >= servers;
            },
            Patience,
            "every server to have a minute"
        );
        return MinuteStamp.Of(clock.GetUtcNow()) + 2;
    }

    /// <summary>Every first look writes down what it found out; a drill of sustained minutes begins when that is over, too.</summary>
    /// <returns>The first minute that counts.</returns>
    public static async Task<MinuteStamp> SettleAsync(DrillInstall install, int servers)
    {
        var clock = TimeProvider.System;
        await Waiting.ForAsync(
            async () =>
            {
                var whole = MinuteStamp.Of(clock.GetUtcNow()) + -3;
                var count = await install.Minutes.CountAsync(1, servers, whole, whole);
                return count.All >= servers && count.Unknown <= servers / 1_000;
            },
            Patience,
            "a minute in which every server was seen"
        );
        return MinuteStamp.Of(clock.GetUtcNow()) + 2;
    }
}
