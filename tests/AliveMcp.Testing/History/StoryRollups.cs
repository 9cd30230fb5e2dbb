using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>
/// The hours, days and months of stories, computed by the product's own code. Undisturbed hours and days of servers that are alike are
/// computed once, whosever they are: that is what makes years of thousands of servers quick to write.
/// </summary>
internal sealed class StoryRollups
{
    private readonly Dictionary<CalmKey, PackedRollup> _calmHours = [];
    private readonly Dictionary<CalmKey, PackedRollup> _calmDays = [];

    /// <summary>A closed hour; null when it holds no minute.</summary>
    public PackedRollup? Hour(ServerStory story, int hour)
    {
        var from = new MinuteStamp(hour * 60);
        if (story.CalmWeight(from, from + 60) is { } weight)
        {
            return CalmHour(CalmKey.Of(story, from, weight) with { Hour = hour % 24 });
        }

        var verdicts = story.Minutes(from, from + 60).ToList();
        return verdicts.Count == 0 ? null : HourRow.Of(verdicts).Pack();
    }

    /// <summary>A closed day; null when it holds no hour.</summary>
    public PackedRollup? Day(ServerStory story, int day)
    {
        var from = new MinuteStamp(day * 1440);
        if (story.CalmWeight(from, from + 1440) is not { } weight)
        {
            return Sum(day, Enumerable.Range(day * 24, 24).Select(hour => Hour(story, hour)));
        }

        var key = CalmKey.Of(story, from, weight);
        if (!_calmDays.TryGetValue(key, out var calm))
        {
            calm = Sum(day, Enumerable.Range(0, 24).Select(hour => CalmHour(key with { Hour = hour })))!;
            _calmDays.Add(key, calm);
        }

        return calm;
    }

    /// <summary>A closed month; null when it holds no day.</summary>
    public PackedRollup? Month(ServerStory story, int month)
    {
        var first = MonthClock.FirstDay(month);
        var count = MonthClock.FirstDay(month + 1) - first;
        return Sum(month, Enumerable.Range(first, count).Select(day => Day(story, day)));
    }

    private static PackedRollup? Sum(int at, IEnumerable<PackedRollup?> parts)
    {
        var known = parts.Where(part => part is not null).Select(part => part!.Rollup).ToList();
        return known.Count == 0 ? null : PackedRollup.Of(Rollup.Sum(at, known));
    }

    private PackedRollup CalmHour(CalmKey key)
    {
        if (!_calmHours.TryGetValue(key, out var calm))
        {
            calm = HourRow.Of(key.Minutes().Select(key.Look)).Pack();
            _calmHours.Add(key, calm);
        }

        return calm;
    }
}
