using AliveMcp.Alerting.Changes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Reading;

/// <summary>A server in the memory of the process that reads its shard.</summary>
internal sealed class KnownServer(ServerKey key, Standing standing, int seenUntil)
{
    /// <summary>Minutes that wait for the one before them, by their number; null: none, as nearly always.</summary>
    private SortedList<int, ReadMinute>? _waiting;

    public ServerKey Key => key;

    public Standing Standing { get; private set; } = standing;

    /// <summary>The newest minute that was applied; its standing says it only as of the last change.</summary>
    public int Last { get; private set; } = standing.Last;

    /// <summary>The end of the newest minute that there was, or when this process began to read.</summary>
    public int SeenUntil { get; private set; } = seenUntil;

    public int Weight { get; private set; } = 1;

    /// <summary>That no minute comes of it is known and told, until one comes.</summary>
    public bool IsResting { get; private set; }

    /// <summary>The first place of the log that is still waited with; null: none.</summary>
    public long? FirstWaiting => _waiting?.Values.Min(minute => minute.Seq);

    public bool IsWaiting => _waiting is not null;

    public void Wait(ReadMinute minute)
    {
        if (minute.Skim.Minute.Value > Last)
        {
            (_waiting ??= [])[minute.Skim.Minute.Value] = minute;
        }
    }

    /// <summary>Takes the next minute whose turn it is: the one after the last, or one whose predecessor can no longer come.</summary>
    public bool TryTake(DateTimeOffset now, out ReadMinute minute)
    {
        minute = default;
        if (_waiting is not { } waiting)
        {
            return false;
        }

        minute = waiting.Values[0];
        var number = minute.Skim.Minute.Value;
        // The minute before is sealed at the latest 90 s after it began, and read within 5 s.
        var before = minute.Skim.Minute - 1;
        if (minute.Skim.Weight == 1 && Last < before.Value && now < before.Start.AddSeconds(95))
        {
            return false;
        }

        waiting.RemoveAt(0);
        _waiting = waiting.Count == 0 ? null : waiting;
        (Last, SeenUntil, Weight, IsResting) = (
            number,
            Math.Max(SeenUntil, number + minute.Skim.Weight),
            minute.Skim.Weight,
            false
        );
        return true;
    }

    public void Rest() => IsResting = true;

    /// <summary>Its standing is another one from now on; whether that must be written.</summary>
    public bool Settle(Standing standing)
    {
        var isNew = (standing with { Last = 0 }).ToJson() != (Standing with { Last = 0 }).ToJson();
        if (isNew)
        {
            Standing = standing;
        }

        return isNew;
    }
}
