using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Minutes;

/// <summary>What becomes of a minute after one of its regions spoke. Pure.</summary>
internal static class MinuteCourse
{
    /// <param name="minute">As it may be believed; null when it waits for others and nobody fails.</param>
    /// <param name="isRoundAgain">The region spoke before, and the minute's confirmation round was called.</param>
    public static MinuteTurn Next(OpenMinute? minute, bool isRoundAgain)
    {
        if (minute is null)
        {
            return MinuteTurn.Wait;
        }

        if (!minute.IsComplete)
        {
            // The collector that called the round may have died before it asked anybody.
            return isRoundAgain ? MinuteTurn.AskRound : MinuteTurn.Wait;
        }

        // Other regions may come into doubt meanwhile: at the deadline more is known than now.
        if (minute.Entries.Any(entry => entry.Why == Why.RegionInDoubt))
        {
            return MinuteTurn.Wait;
        }

        return minute.Plan is { Rotating: true, Regions.Count: 1 } && minute.Entries[0].Fails
            ? MinuteTurn.AskRound
            : MinuteTurn.Seal;
    }
}

internal enum MinuteTurn
{
    /// <summary>For more entries, or for the deadline.</summary>
    Wait,

    /// <summary>Call the confirmation round, if there can be one, and ask those who have not spoken.</summary>
    AskRound,
    Seal,
}
