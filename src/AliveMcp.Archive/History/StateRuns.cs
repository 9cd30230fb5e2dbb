using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>Finds the runs of one state in a row of minutes. Pure.</summary>
internal static class StateRuns
{
    /// <param name="minutes">The oldest first.</param>
    public static IReadOnlyList<StateRun> Of(IEnumerable<KeptMinute> minutes)
    {
        var runs = new List<StateRun>();
        var end = default(MinuteStamp);
        foreach (var minute in minutes.Where(minute => minute.State != ServerState.Unknown))
        {
            if (runs.Count > 0 && runs[^1].State == minute.State)
            {
                runs[^1] = Longer(runs[^1], minute);
            }
            else
            {
                if (runs.Count > 0)
                {
                    runs[^1] = runs[^1] with { To = end };
                }

                runs.Add(Begin(minute, isFirst: runs.Count == 0));
            }

            end = minute.Minute + minute.Weight;
        }

        return runs;
    }

    private static StateRun Begin(KeptMinute minute, bool isFirst) =>
        new()
        {
            State = minute.State,
            Why = minute.Why,
            FailedAt = minute.FailedAt,
            From = minute.Minute,
            To = null,
            Minutes = minute.Weight,
            MaintenanceMinutes = minute.Maintenance ? minute.Weight : 0,
            MayHaveBegunBefore = isFirst,
        };

    private static StateRun Longer(StateRun run, KeptMinute minute) =>
        run with
        {
            Minutes = run.Minutes + minute.Weight,
            MaintenanceMinutes = run.MaintenanceMinutes + (minute.Maintenance ? minute.Weight : 0),
        };
}
