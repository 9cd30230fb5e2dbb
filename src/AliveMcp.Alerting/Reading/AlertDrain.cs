using System.Collections.Concurrent;
using AliveMcp.Archive.Drain;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using Npgsql;

namespace AliveMcp.Alerting.Reading;

/// <summary>
/// Reads the sealed log beside the archiver and applies its minutes. Mark, standings, incidents and alerts are written in one transaction;
/// minutes that wait for the one before stay behind the mark. Killed at any moment nothing is lost or told twice.
/// </summary>
internal sealed class AlertDrain : IDisposable
{
    private const int Batch = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How often every log is read from its beginning although nothing seems to have happened.</summary>
    private static readonly TimeSpan WholeEvery = TimeSpan.FromMinutes(5);

    /// <summary>How soon a shard of another alerter is asked for again.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private readonly PostgresDoors _doors;
    private readonly RedisDoor _redis;
    private readonly ReaderLease _lease;
    private readonly MinuteIntake _intake;
    private readonly TimeProvider _clock;
    private readonly ShardLog _log;
    private readonly Dictionary<Shard, ShardMemory> _memories = [];
    private readonly Dictionary<Shard, DateTimeOffset> _others = [];
    private readonly ConcurrentDictionary<Shard, bool> _whole = new();
    private DateTimeOffset _wholeAgainAt;

    public AlertDrain(PostgresDoors doors, RedisDoor redis, ReaderLease lease, MinuteIntake intake, TimeProvider clock)
    {
        (_doors, _redis, _lease, _intake, _clock) = (doors, redis, lease, intake, clock);
        _log = new ShardLog(redis);
        _wholeAgainAt = clock.GetUtcNow() + WholeEvery;
        // After a restart Redis may have lost its last second and give the same numbers again, in the same epoch.
        _redis.Restored += ReadWhole;
    }

    /// <summary>The shards that this process reads.</summary>
    public IReadOnlyDictionary<Shard, ShardMemory> Memories => _memories;

    /// <summary>Applies what is new; returns how many minutes were applied.</summary>
    /// <param name="named">The shards to look at; null looks at all.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<int> DrainAsync(IReadOnlySet<Shard>? named, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (now >= _wholeAgainAt)
        {
            ReadWhole();
            _wholeAgainAt = now + WholeEvery;
        }

        var asked = (named ?? Shard.All).Where(shard => _others.GetValueOrDefault(shard) <= now).ToList();
        var newest = await _log.NewestAsync(asked).WaitAsync(Patience, _clock, cancellationToken);
        var waiting = newest.Where(shard => IsWaiting(shard.Shard, shard.Newest)).Select(shard => shard.Shard).ToList();
        var applied = 0;
        while (waiting.Count > 0)
        {
            (waiting, var count) = await StepAsync(waiting, cancellationToken);
            applied += count;
        }

        return applied;
    }

    /// <summary>Lets shards go that others should read.</summary>
    public async Task LeaveAsync(IReadOnlyCollection<Shard> shards, CancellationToken cancellationToken)
    {
        foreach (var shard in shards)
        {
            _memories.Remove(shard);
            _others[shard] = _clock.GetUtcNow() + AskAgain + AskAgain;
        }

        await _lease.LeaveAsync(shards, cancellationToken);
    }

    public void Dispose() => _redis.Restored -= ReadWhole;

    private void ReadWhole()
    {
        foreach (var shard in Shard.All)
        {
            _whole[shard] = true;
        }
    }

    private bool IsWaiting(Shard shard, LogMark newest) =>
        !_memories.TryGetValue(shard, out var memory)
        || memory.HasWaiting
        || (
            newest.Seq > 0
            && (_whole.ContainsKey(shard) || memory.Read.Epoch != newest.Epoch || newest.Seq > memory.Read.Seq)
        );

    /// <summary>One batch: lock the marks, read, apply, write, move the marks, commit, let go of the logs. What fails is forgotten and read again.</summary>
    private async Task<(List<Shard> Unfinished, int Applied)> StepAsync(
        List<Shard> shards,
        CancellationToken stoppingToken
    )
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        try
        {
            return await TryStepAsync(shards, limit.Token);
        }
        catch
        {
            shards.ForEach(shard => _memories.Remove(shard));
            throw;
        }
    }

    private async Task<(List<Shard> Unfinished, int Applied)> TryStepAsync(
        List<Shard> shards,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var marks = await LogMarks.Alert.TakeAsync(connection, transaction, shards, cancellationToken);
        var mine = await OwnAsync(transaction, marks, cancellationToken);
        var pages = await Task.WhenAll(mine.Select(shard => ReadAsync(shard, marks[shard])))
            .WaitAsync(cancellationToken);
        var applied = await _intake.ApplyAsync(
            transaction,
            [.. pages.Select(page => (_memories[page.Shard], page.Read))],
            cancellationToken
        );
        var moved = pages
            .Where(page => _memories[page.Shard].Mark != marks[page.Shard].Own)
            .ToDictionary(page => page.Shard, page => _memories[page.Shard].Mark);
        if (moved.Count > 0)
        {
            await LogMarks.Alert.MoveAsync(connection, transaction, moved, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await LetGoAsync(connection, [.. pages.Where(page => page.Read.Count > 0)], cancellationToken);
        return ([.. pages.Where(page => page.Read.Count == Batch).Select(page => page.Shard)], applied);
    }

    /// <summary>Those that are ours; of those that were not, what is known is loaded.</summary>
    private async Task<IReadOnlyList<Shard>> OwnAsync(
        NpgsqlTransaction transaction,
        IReadOnlyDictionary<Shard, TakenMark> marks,
        CancellationToken cancellationToken
    )
    {
        var owned = await _lease.TakeAsync(transaction, marks.Keys, cancellationToken);
        var again = _clock.GetUtcNow() + AskAgain;
        foreach (var shard in marks.Keys.Where(shard => !owned.ContainsKey(shard)))
        {
            _others[shard] = again;
            _memories.Remove(shard);
        }

        var unknown = owned
            .Where(shard => !shard.Value || !_memories.ContainsKey(shard.Key))
            .Select(shard => shard.Key)
            .ToList();
        if (unknown.Count > 0)
        {
            unknown.ForEach(shard => _memories[shard] = new ShardMemory(marks[shard].Own));
            await _intake.RememberAsync(transaction, _memories, unknown, cancellationToken);
        }

        return [.. owned.Keys];
    }

    /// <summary>The epoch is asked for under the lock of the mark, and before the log that belongs to it.</summary>
    private async Task<Page> ReadAsync(Shard shard, TakenMark mark)
    {
        var memory = _memories[shard];
        var whole = _whole.TryRemove(shard, out _);
        var epoch = await _log.EpochAsync(shard);
        var after = whole || epoch.Length == 0 || epoch != memory.Read.Epoch ? 0 : memory.Read.Seq;
        var read = await _log.ReadAsync(shard, after, Batch);
        if (read.Count > 0)
        {
            memory.Read = new LogMark(epoch, read[^1].Seq);
        }

        return new Page(shard, epoch, read);
    }

    /// <summary>What the archiver has passed, too, leaves the log.</summary>
    private async Task LetGoAsync(NpgsqlConnection connection, List<Page> pages, CancellationToken cancellationToken)
    {
        if (pages.Count == 0)
        {
            return;
        }

        var others = await LogMarks.Alert.OthersAsync(connection, pages.Select(page => page.Shard), cancellationToken);
        await Task.WhenAll(
                pages.Select(page =>
                {
                    var mark = new TakenMark(_memories[page.Shard].Mark, [.. others[page.Shard]]);
                    return _log.TrimAsync(
                        page.Shard,
                        [
                            .. page.Read.Where(minute =>
                                minute.Seq <= mark.Own.Seq && mark.PassedByOthers(page.Epoch, minute.Seq)
                            ),
                        ]
                    );
                })
            )
            .WaitAsync(cancellationToken);
    }

    private sealed record Page(Shard Shard, string Epoch, IReadOnlyList<SealedMinute> Read);
}
