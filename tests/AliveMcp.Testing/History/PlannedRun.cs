using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>Planned minutes at one distance: each stands for the minutes up to the next one.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Weight">Minutes from one to the next.</param>
/// <param name="Count">How many.</param>
public readonly record struct PlannedRun(MinuteStamp First, int Weight, int Count)
{
    /// <summary>The first minute that the last one no longer stands for.</summary>
    public MinuteStamp End => First + (Weight * Count);

    /// <summary>How many of them lie in a window.</summary>
    public int In(MinuteStamp from, MinuteStamp to) => Math.Max(0, Before(to) - Before(from));

    /// <summary>The runs that the planner makes of what is watched: a first look at once, then the server's own turns; what is covered is not planned again.</summary>
    public static IReadOnlyList<PlannedRun> Of(ServerId server, IEnumerable<WatchedSpan> spans, MinuteStamp until)
    {
        var runs = new List<PlannedRun>();
        var covered = new MinuteStamp(0);
        foreach (var span in spans)
        {
            var at = span.From > covered ? span.From : covered;
            var end = span.To is { } to && to < until ? to : until;
            while (at < end)
            {
                var weight = span.Weight - ((at.Value + server.Value) % span.Weight);
                var count = weight == span.Weight ? (end - at + weight - 1) / weight : 1;
                runs.Add(new PlannedRun(at, weight, count));
                at += weight * count;
            }

            covered = at;
        }

        return runs;
    }

    private int Before(MinuteStamp minute) =>
        minute <= First ? 0 : Math.Min(Count, (minute - First + Weight - 1) / Weight);
}
