using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>
/// The hours and days of stories, computed by the product's own code. Undisturbed hours and days of servers that are alike are computed
/// once: that is what makes years of thousands of servers quick to write.
/// </summary>
internal sealed class StoryRollups
{
    private readonly Dictionary<CalmKey, HourColumns> _calmHours = [];
    private readonly Dictionary<CalmKey, DayRow> _calmDays = [];

    /// <summary>A closed hour; null when it holds no minute.</summary>
    public HourColumns? Hour(ServerStory story, int hour)
    {
        var from = new MinuteStamp(hour * 60);
        if (story.CalmWeight(from, from + 60) is { } weight)
        {
            return CalmHour(CalmKey.Of(story, from, weight) with { Hour = hour % 24 });
        }

        var verdicts = story.Minutes(from, from + 60).ToList();
        return verdicts.Count == 0 ? null : HourColumns.Of(HourRow.Of(verdicts));
    }

    /// <summary>A closed day; null when it holds no hour.</summary>
    public DayRow? Day(ServerStory story, int day)
    {
        var from = new MinuteStamp(day * 1440);
        if (story.CalmWeight(from, from + 1440) is not { } weight)
        {
            return Sum(Enumerable.Range(day * 24, 24).Select(hour => (hour, Hour(story, hour))));
        }

        var key = CalmKey.Of(story, from, weight);
        if (!_calmDays.TryGetValue(key, out var calm))
        {
            calm = Sum(
                Enumerable.Range(0, 24).Select(hour => (hour, (HourColumns?)CalmHour(key with { Hour = hour })))
            )!;
            _calmDays.Add(key, calm);
        }

        return calm;
    }

    private static DayRow? Sum(IEnumerable<(int Hour, HourColumns? Columns)> hours)
    {
        var known = hours
            .Where(hour => hour.Columns is not null)
            .Select(hour => Part(hour.Hour, hour.Columns!))
            .ToList();
        return known.Count == 0 ? null : DayRow.Of(known);
    }

    private static DayHour Part(int hour, HourColumns columns)
    {
        var weights = columns.Weights;
        return new DayHour(
            0,
            hour,
            0,
            0,
            (short)weights.Live,
            (short)weights.Degraded,
            (short)weights.Down,
            (short)weights.Unknown,
            (short)weights.Maintenance,
            columns.Tries,
            columns.FailedTries,
            columns.Latency
        );
    }

    private HourColumns CalmHour(CalmKey key)
    {
        if (!_calmHours.TryGetValue(key, out var calm))
        {
            calm = HourColumns.Of(HourRow.Of(key.Minutes().Select(key.Look)));
            _calmHours.Add(key, calm);
        }

        return calm;
    }
}
