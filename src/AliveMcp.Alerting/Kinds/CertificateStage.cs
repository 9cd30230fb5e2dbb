namespace AliveMcp.Alerting.Kinds;

/// <summary>How near the end of a certificate is, in the steps in which its owner hears of it. The numbers are stored. Pure.</summary>
internal static class CertificateStage
{
    /// <summary>There is time.</summary>
    public const int None = 0;

    /// <summary>Less than two days: nobody renews it by himself any more.</summary>
    public const int Last = 4;

    private static readonly TimeSpan[] Before =
    [
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(14),
        TimeSpan.FromDays(7),
        TimeSpan.FromHours(48),
    ];

    /// <summary>
    /// 30, 14 and 7 days before the end, then 48 hours. Of a certificate that lives shorter than these are meant for, a third of its life
    /// less two days (whatever renews it does so with a third left), a sixth, a twelfth and half of that.
    /// </summary>
    /// <param name="begins">Null: not known.</param>
    /// <param name="ends">When it ends.</param>
    /// <param name="now">The time.</param>
    public static int Of(DateTimeOffset? begins, DateTimeOffset ends, DateTimeOffset now)
    {
        var left = ends - now;
        var steps = Steps(begins is { } began && began < ends ? ends - began : null);
        return steps.Count(step => left <= step);
    }

    private static TimeSpan[] Steps(TimeSpan? life)
    {
        if (life is not { } whole)
        {
            return Before;
        }

        TimeSpan[] shares = [(whole / 3) - TimeSpan.FromDays(2), whole / 6, whole / 12, whole / 24];
        TimeSpan[] steps = [.. Before.Zip(shares, (most, share) => share < most ? share : most)];

        // A week's certificate has no third to spare: its first step is the next one's.
        steps[0] = steps[0] < steps[1] ? steps[1] : steps[0];
        return steps;
    }
}
