using AliveMcp.Archive.Drain;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Alerting.Reading;

/// <summary>What one alerter does besides reading: it says that it lives, keeps its claim on the log, and leaves to others what is more than its share.</summary>
internal sealed class AlertReader(PostgresDoors doors, ReaderLease lease, TimeProvider clock)
{
    /// <summary>For how long the log is kept for alerters that are away. Longer, and what they missed is told as unseen.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(6);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    private DateTimeOffset _lookAt;
    private DateTimeOffset _beatAt;
    private DateTimeOffset _holdAt;

    /// <summary>Does what is due; whether it is time to look at every shard.</summary>
    public async Task<bool> BeatAsync(AlertDrain drain, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _lookAt)
        {
            return false;
        }

        _lookAt = now + Look;
        if (now >= _beatAt)
        {
            _beatAt = now + Beat;
            await ShareAsync(drain, await lease.BeatAsync(cancellationToken), cancellationToken);
        }

        if (now >= _holdAt)
        {
            _holdAt = now + Hold;
            await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
            await LogMarks.Alert.HoldAsync(connection, Kept, cancellationToken);
        }

        return true;
    }

    private static Task ShareAsync(AlertDrain drain, int alive, CancellationToken cancellationToken)
    {
        // A few more than the share are no reason to let a memory go.
        var share = ((Shard.Count + Math.Max(1, alive) - 1) / Math.Max(1, alive)) + 2;
        var excess = drain.Memories.Keys.OrderByDescending(shard => shard.Value).SkipLast(share).ToList();
        return excess.Count <= 0 || drain.Memories.Count <= share
            ? Task.CompletedTask
            : drain.LeaveAsync(excess.Take(drain.Memories.Count - share).ToList(), cancellationToken);
    }
}
