using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Archive.Retention;

/// <summary>How old what goes row by row may grow. None of it is a minute: minutes go with their partitions.</summary>
internal static class RowAges
{
    /// <summary>Evidence of minutes that were live or that we could not see.</summary>
    public static readonly TimeSpan Evidence = TimeSpan.FromDays(30);

    /// <summary>Evidence of failures: longer than most minutes, so that an incident of last year can still be explained.</summary>
    public static readonly TimeSpan FailureEvidence = TimeSpan.FromDays(400);

    /// <summary>Outbox rows after their reader is done with them.</summary>
    public static readonly TimeSpan ToldRecords = TimeSpan.FromDays(7);

    /// <summary>The first UTC day of which drift of a tenant stays: its bars' horizon and the days of grace.</summary>
    public static DateOnly FirstDrift(Plan plan, DateOnly today) =>
        today.AddDays(-plan.DayHistory - RetentionRule.GraceDays);
}
