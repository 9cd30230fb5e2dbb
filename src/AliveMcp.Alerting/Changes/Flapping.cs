namespace AliveMcp.Alerting.Changes;

/// <summary>Makes one incident of an outage that comes and goes: from the fourth change in half an hour on, until a quarter of an hour is calm.</summary>
internal static class Flapping
{
    private const int Most = 4;
    private const int Within = 30;
    private const int Calm = 15;

    /// <param name="before">The outage before the minute.</param>
    /// <param name="after">As counting alone leaves it.</param>
    /// <param name="turns">When it opened and closed lately.</param>
    /// <param name="minute">The minute.</param>
    /// <param name="bearing">What it says.</param>
    public static (Run Run, IReadOnlyList<int> Turns) Next(
        Run before,
        Run after,
        IReadOnlyList<int> turns,
        TrackedMinute minute,
        Bearing bearing
    )
    {
        if (before.Open is { IsFlapping: true } flapping)
        {
            return Settle(before, flapping, turns, minute, bearing);
        }

        if (before.Open is null == after.Open is null)
        {
            return (after, turns);
        }

        turns = [.. turns.Where(turn => turn > minute.Minute.Value - Within), minute.Minute.Value];
        if (turns.Count < Most)
        {
            return (after, turns);
        }

        var open = after.Open is { } opened
            ? opened with
            {
                IsFlapping = true,
                BadSince = opened.StartedIn,
            }
            : before.Open! with
            {
                IsFlapping = true,
                Goods = 0,
                GoodSince = before.Open!.GoodSince ?? minute.Minute.Value,
            };
        return (new Run { Open = open }, turns);
    }

    private static (Run Run, IReadOnlyList<int> Turns) Settle(
        Run run,
        Trouble open,
        IReadOnlyList<int> turns,
        TrackedMinute minute,
        Bearing bearing
    )
    {
        var now = minute.Minute.Value;
        switch (bearing)
        {
            case Bearing.Bad when minute.End.Value - (open.BadSince ?? now) >= Calm:
                return (run with { Open = open with { IsFlapping = false, BadSince = null } }, []);
            case Bearing.Bad when open.BadSince is null:
                return (run with { Open = open with { BadSince = now, GoodSince = null } }, turns);
            case Bearing.Good when minute.End.Value - (open.GoodSince ?? now) >= Calm:
                return (Run.Calm, []);
            case Bearing.Good when open.GoodSince is null:
                return (run with { Open = open with { BadSince = null, GoodSince = now } }, turns);
            default:
                return (run, turns);
        }
    }
}
