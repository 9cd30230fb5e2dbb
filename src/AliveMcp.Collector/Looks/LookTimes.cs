namespace AliveMcp.Collector.Looks;

/// <summary>How long what belongs to a live look is waited for and kept.</summary>
internal static class LookTimes
{
    /// <summary>Until a prober has taken it.</summary>
    public static readonly TimeSpan Taken = TimeSpan.FromSeconds(15);

    /// <summary>What a prober may need beyond the look's own limit: its turn at a busy host, and a cell that has to be started.</summary>
    public static readonly TimeSpan Room = TimeSpan.FromSeconds(12);

    /// <summary>Until its verdict, with the longest limit that settings allow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(65);

    /// <summary>Remembered for this long, and in Redis alone.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>Longest wait of one request that reads it.</summary>
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(30);
}
