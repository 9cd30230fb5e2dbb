namespace AliveMcp.Alerting.Deliveries;

/// <summary>When a message that was not taken is tried again: exponential with full jitter, six hours long. Pure.</summary>
internal static class RetryPlan
{
    /// <summary>From when a message is due until it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>However the dice fall: long enough not to hammer.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    /// <param name="tries">How often it was tried, 1 or more.</param>
    /// <param name="now">When the last try ended.</param>
    /// <param name="giveUpAt">The last moment to try.</param>
    /// <param name="retryAfter">How long the other side asks us to wait; null: it did not say.</param>
    /// <param name="jitter">From 0 to 1, at random.</param>
    /// <returns>Null: no more.</returns>
    public static DateTimeOffset? NextAt(
        int tries,
        DateTimeOffset now,
        DateTimeOffset giveUpAt,
        TimeSpan? retryAfter,
        double jitter
    )
    {
        if (now >= giveUpAt)
        {
            return null;
        }

        var ceiling = First * Math.Pow(2, Math.Clamp(tries - 1, 0, 20));
        var wait = (ceiling < Longest ? ceiling : Longest) * Math.Clamp(jitter, 0, 1);
        wait = wait > Least ? wait : Least;
        wait = retryAfter > wait ? retryAfter.Value : wait;
        // The last try is at the very end, whatever is asked of us.
        return giveUpAt - now < wait ? giveUpAt : now + wait;
    }
}
