using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Hours;

/// <summary>When hours are over. Hours are counted from 1970-01-01T00:00Z, like minutes.</summary>
internal static class HourClock
{
    /// <summary>A minute is sealed 90 s after its start at the latest; five more for clocks and the drain. What comes later makes its hour dirty.</summary>
    public static readonly TimeSpan SealedAfter = TimeSpan.FromSeconds(95);

    /// <summary>The newest hour that ended so long ago that all of its minutes are sealed.</summary>
    public static int NewestClosable(DateTimeOffset now) => (int)((now - SealedAfter).ToUnixTimeSeconds() / 3600) - 1;

    /// <summary>The newest minute that must be sealed by now.</summary>
    public static MinuteStamp NewestSealed(DateTimeOffset now) => MinuteStamp.Of(now - SealedAfter);
}
