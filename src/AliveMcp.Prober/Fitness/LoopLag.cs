namespace AliveMcp.Prober.Fitness;

/// <summary>
/// Whether our own work was held up: a tick that comes late by more than a second says that answers, too, were read late.
/// Thread-safe.
/// </summary>
internal sealed class LoopLag(TimeProvider time)
{
    /// <summary>How often <see cref="Tick"/> should be called.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest delay that is no lag.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private long _ticked = time.GetTimestamp();
    private long _lagEnded = long.MinValue;

    public void Tick()
    {
        var now = time.GetTimestamp();
        if (IsLate(Interlocked.Exchange(ref _ticked, now), now))
        {
            Volatile.Write(ref _lagEnded, now);
        }
    }

    /// <summary>Ticks on the same threads that read strangers' answers.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Tick();
            await Task.Delay(Period, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether there was lag at any moment since a timestamp, this very moment included.</summary>
    public bool StruckSince(long timestamp) =>
        Volatile.Read(ref _lagEnded) >= timestamp
        // Whoever asks may run before the late tick does.
        || IsLate(Volatile.Read(ref _ticked), time.GetTimestamp());

    private bool IsLate(long ticked, long now) => time.GetElapsedTime(ticked, now) > Period + Most;
}
