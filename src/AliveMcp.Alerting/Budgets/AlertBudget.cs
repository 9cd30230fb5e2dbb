using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Budgets;

/// <summary>How many alerts a tenant hears in an hour before the rest is put together; each severity has a share of its own. Pure.</summary>
internal static class AlertBudget
{
    /// <summary>The share of a severity; null: no limit. The shares together are the whole.</summary>
    /// <param name="perHour">By the plan.</param>
    /// <param name="severity">Of the alert.</param>
    public static int? ShareOf(int? perHour, Severity severity)
    {
        if (perHour is not { } whole)
        {
            return null;
        }

        var second = Math.Max(1, whole * 35 / 100);
        var third = Math.Max(1, whole * 25 / 100);
        return severity switch
        {
            Severity.P1 => Math.Max(1, whole - second - third),
            Severity.P2 => second,
            _ => third,
        };
    }

    /// <summary>Whether it counts, and so may have to wait: triggers and updates do. A P1 trigger, a resolve and an answer neither count nor wait.</summary>
    public static bool Counts(AlertType type, Severity severity, bool isAnswer) =>
        !isAnswer
        && type is not (AlertType.Resolved or AlertType.Digest or AlertType.Test)
        && (severity != Severity.P1 || type == AlertType.Updated);

    /// <summary>The hour that it counts in.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset now) =>
        new(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
}
