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
}
