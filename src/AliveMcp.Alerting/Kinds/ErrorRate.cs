using AliveMcp.Alerting.Changes;

namespace AliveMcp.Alerting.Kinds;

/// <summary>
/// First tries that fail although the server is there: five of them, and a tenth of all, within half an hour. Tries that went well are not
/// counted one by one: as many as this minute had, in every planned minute of the half hour.
/// </summary>
internal static class ErrorRate
{
    private const int Window = 30;
    private const int Least = 5;
    private const int Share = 10;

    /// <summary>The failures of the last half hour, this minute's with them. The same list while nothing new failed.</summary>
    public static IReadOnlyList<FailedTries> Count(Standing standing, TrackedMinute minute)
    {
        var isNew = minute.IsSuccess && minute.FailedTries > 0;
        var isOpen = standing.IsOpen(Messages.AlertKind.ErrorRate);
        if (!isNew && !(isOpen && standing.Failed.Any(failed => !IsWithin(failed, minute))))
        {
            return standing.Failed;
        }

        var kept = standing.Failed.Where(failed => IsWithin(failed, minute)).ToList();
        if (isNew)
        {
            kept.Add(new FailedTries(minute.Minute.Value, minute.FailedTries));
        }

        return kept;
    }

    /// <summary>What the half hour that ends with this minute says.</summary>
    public static Bearing Judge(TrackedMinute minute, Standing standing)
    {
        if (!minute.IsSuccess)
        {
            return Bearing.Skip;
        }

        if (minute.FailedTries == 0 && !standing.IsOpen(Messages.AlertKind.ErrorRate))
        {
            return Bearing.Good;
        }

        var failed = standing.Failed.Where(one => IsWithin(one, minute)).Sum(one => one.Failed);
        var tries = minute.Tries * Math.Max(1, Window / minute.Weight);
        return failed >= Least && failed * Share >= tries ? Bearing.Bad : Bearing.Good;
    }

    private static bool IsWithin(FailedTries failed, TrackedMinute minute) =>
        failed.Minute > minute.Minute.Value - Window;
}
