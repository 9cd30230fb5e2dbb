using System.Globalization;
using AliveMcp.Vocabulary;
using StackExchange.Redis;

namespace AliveMcp.Collector.Schedule;

/// <summary>A confirmation round as <c>extend.lua</c> noted it.</summary>
/// <param name="Server">Whose.</param>
/// <param name="Minute">The minute that called it.</param>
/// <param name="Regions">Who looks until a minute of theirs is live.</param>
internal readonly record struct CalledRound(ServerId Server, MinuteStamp Minute, IReadOnlyList<Region> Regions)
{
    /// <summary>In minutes. Whoever fails longer calls another round; whoever is not watched any more is forgotten.</summary>
    public const int Longest = 24 * 60;

    public static bool TryRead(HashEntry field, out CalledRound round)
    {
        round = default;
        var (minute, names) = ((string)field.Value!).Split(':') is [var first, var second] ? (first, second) : ("", "");
        var regions = names
            .Split(',')
            .Select(name => Region.TryParse(name, out var region) ? region : default)
            .ToList();
        if (
            !int.TryParse((string?)field.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var server)
            || !int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var called)
            || regions.Contains(default)
        )
        {
            return false;
        }

        round = new CalledRound(new ServerId(server), new MinuteStamp(called), regions);
        return true;
    }
}
