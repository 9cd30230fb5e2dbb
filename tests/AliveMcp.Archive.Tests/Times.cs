using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests;

/// <summary>The moment at which these tests play.</summary>
internal static class Times
{
    /// <summary>In the middle of an hour of the 21st.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 21, 12, 30, 40, TimeSpan.Zero);

    public static MinuteStamp NoonMinute { get; } = MinuteStamp.Of(Noon);

    public static TestClock Clock() => new(Noon);
}
