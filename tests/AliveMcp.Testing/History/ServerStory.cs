using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Testing.History;

/// <summary>Everything that happened to one server. Pure: minutes, hours, days and what must be read of them all follow from it.</summary>
public sealed class ServerStory
{
    private readonly Spell[] _spells;
    private readonly PlannedRun[] _runs;

    internal ServerStory(ServerKey server, HistoryShape shape, ServerTraits traits, IReadOnlyList<WatchedSpan> watched)
    {
        Server = server;
        Shape = shape;
        Traits = traits;
        Watched = watched;
        _runs = [.. PlannedRun.Of(server.Server, watched, shape.Until)];
        _spells = [.. Storyteller.Spells(server, shape)];
    }

    /// <summary>Who it is about.</summary>
    public ServerKey Server { get; }

    /// <summary>What was asked for.</summary>
    public HistoryShape Shape { get; }

    /// <summary>When it was watched.</summary>
    public IReadOnlyList<WatchedSpan> Watched { get; }

    /// <summary>What happened, in its order.</summary>
    public IReadOnlyList<Spell> Spells => _spells;

    internal ServerTraits Traits { get; }

    internal ReadOnlySpan<PlannedRun> Runs => _runs;

    /// <summary>The sealed minutes of a window, in their order.</summary>
    public IEnumerable<VerdictMinute> Minutes(MinuteStamp from, MinuteStamp to)
    {
        foreach (var run in _runs)
        {
            var skipped = Math.Max(0, (from - run.First + run.Weight - 1) / run.Weight);
            for (var place = skipped; place < run.Count && run.First + (place * run.Weight) < to; place++)
            {
                if (Minute(run.First + (place * run.Weight), run.Weight) is { } verdict)
                {
                    yield return verdict;
                }
            }
        }
    }

    /// <summary>What must be read of a window.</summary>
    public StoryWindow Window(MinuteStamp from, MinuteStamp to) => StoryWindow.Of(this, from, to);

    /// <summary>What must be read of a UTC day, as far as it has happened.</summary>
    public StoryWindow Day(DateOnly day) => Window(MinuteStamp.Of(day), MinuteStamp.Of(day) + 1440);

    /// <summary>Spells that touch a window, in their order.</summary>
    internal ReadOnlySpan<Spell> SpellsIn(MinuteStamp from, MinuteStamp to)
    {
        var first = FirstEndingAfter(from);
        var last = first;
        while (last < _spells.Length && _spells[last].From < to)
        {
            last++;
        }

        return _spells.AsSpan(first, last - first);
    }

    /// <summary>Nothing but the same, hour after hour: no spell, no change of cadence and no other contract touches the window.</summary>
    internal int? CalmWeight(MinuteStamp from, MinuteStamp to)
    {
        if (SpellsIn(from, to).Length > 0 || (Traits.ContractChanged > from && Traits.ContractChanged < to))
        {
            return null;
        }

        foreach (var run in _runs)
        {
            if (run.First <= from && run.End >= to)
            {
                return run.Weight;
            }
        }

        return null;
    }

    private VerdictMinute? Minute(MinuteStamp minute, int weight)
    {
        var spells = SpellsIn(minute, minute + 1);
        return StoryLook.At(this, minute, weight, spells.Length == 0 ? null : spells[0]);
    }

    private int FirstEndingAfter(MinuteStamp minute)
    {
        var (low, high) = (0, _spells.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _spells[middle].To > minute ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
