using AliveMcp.Archive.Drain;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Alerting.SelfTest;

/// <summary>Whether the sealed log is read: what lay in it at the last look must be behind the reader's mark at the next, a minute later.</summary>
internal sealed class ReadingLag(PostgresDoors doors, RedisDoor redis)
{
    private readonly ShardLog _log = new(redis);
    private IReadOnlyList<(Shard Shard, LogMark Newest)> _seen = [];

    /// <summary>Shards of which something has lain there unread since the last look. Minutes that wait for the one before them wait for less.</summary>
    public async Task<IReadOnlyList<Shard>> LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var marks = await LogMarks.Alert.NowAsync(connection, cancellationToken);
        var late = _seen.Where(seen => IsBehind(marks.GetValueOrDefault(seen.Shard), seen.Newest)).ToList();
        _seen = await _log.NewestAsync(Shard.All).WaitAsync(cancellationToken);
        return [.. late.Where(IsStillThere).Select(one => one.Shard)];
    }

    private static bool IsBehind(LogMark mark, LogMark seen) =>
        seen.Seq > 0 && mark.Epoch == seen.Epoch && mark.Seq < seen.Seq;

    /// <summary>A log that began anew in between has nothing of the old one to read.</summary>
    private bool IsStillThere((Shard Shard, LogMark Newest) late) =>
        _seen.Any(now =>
            now.Shard == late.Shard && now.Newest.Epoch == late.Newest.Epoch && now.Newest.Seq >= late.Newest.Seq
        );
}
