using System.Collections.Concurrent;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Drain;

/// <summary>
/// Carries sealed minutes from the shards' logs into Postgres. Rows and mark move in one transaction: killed at any moment nothing is lost
/// or doubled, and any number of archivers may do it at once.
/// </summary>
internal sealed class MinuteDrain : IDisposable
{
    /// <summary>
    /// Members read at a time from one shard; those of all shards go into one transaction. Its servers follow each other in the index of
    /// their minute: copies of some shards each, beside each other, take Postgres twice as long, for they split each other's pages.
    /// </summary>
    private const int Batch = 1_000;

    /// <summary>One batch, with room for a machine that is very busy. A server that falls silent must not hold the drain for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How often every log is read from its beginning although nothing seems to have happened. The logs are short: what was kept is trimmed.</summary>
    private static readonly TimeSpan WholeEvery = TimeSpan.FromMinutes(5);

    private static readonly Shard[] Everywhere = [.. Shard.All];

    private readonly PostgresDoors _doors;
    private readonly RedisDoor _redis;
    private readonly VerdictKeeper _keeper;
    private readonly DrainWatch _watch;
    private readonly TimeProvider _clock;
    private readonly ShardLog _shards;
    private readonly ConcurrentDictionary<Shard, LogMark> _seen = new();
    private readonly ConcurrentDictionary<Shard, bool> _whole = new();
    private DateTimeOffset _wholeAgainAt;

    public MinuteDrain(PostgresDoors doors, RedisDoor redis, VerdictKeeper keeper, DrainWatch watch, TimeProvider clock)
    {
        (_doors, _redis, _keeper, _watch, _clock) = (doors, redis, keeper, watch, clock);
        _shards = new ShardLog(redis);
        // After a restart Redis may have lost its last second and give the same numbers again, in the same epoch.
        _redis.Restored += ReadWhole;
    }

    /// <summary>Drains what is new; returns how many rows were added.</summary>
    /// <param name="named">The shards to look at; null looks at all.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<int> DrainAsync(IReadOnlySet<Shard>? named, CancellationToken cancellationToken)
    {
        if (_clock.GetUtcNow() >= _wholeAgainAt)
        {
            ReadWhole();
            _wholeAgainAt = _clock.GetUtcNow() + WholeEvery;
        }

        var newest = await _shards
            .NewestAsync((IEnumerable<Shard>?)named ?? Everywhere)
            .WaitAsync(Patience, _clock, cancellationToken);
        return await DrainAsync(
            [.. newest.Where(shard => IsWaiting(shard.Shard, shard.Newest)).Select(shard => shard.Shard)],
            cancellationToken
        );
    }

    public void Dispose() => _redis.Restored -= ReadWhole;

    private void ReadWhole()
    {
        foreach (var shard in Shard.All)
        {
            _whole[shard] = true;
        }
    }

    private bool IsWaiting(Shard shard, LogMark newest)
    {
        var seen = _seen.GetValueOrDefault(shard);
        var isWaiting =
            newest.Seq > 0 && (_whole.ContainsKey(shard) || seen.Epoch != newest.Epoch || newest.Seq > seen.Seq);
        if (isWaiting)
        {
            _watch.Waits(shard);
        }
        else
        {
            _watch.IsEmpty(shard);
        }

        return isWaiting;
    }

    private async Task<int> DrainAsync(Shard[] shards, CancellationToken cancellationToken)
    {
        var added = 0;
        var whole = shards.Where(shard => _whole.TryRemove(shard, out _)).ToHashSet();
        IReadOnlyCollection<Shard> left = shards;
        try
        {
            while (left.Count > 0)
            {
                var step = await StepAsync(left, whole, cancellationToken);
                added += step.Added;
                left = step.Unfinished;
            }
        }
        catch
        {
            // Whatever was not read from the beginning still has to be.
            foreach (var shard in shards)
            {
                _whole[shard] = true;
            }

            throw;
        }

        return added;
    }

    /// <summary>One batch: lock the marks, read behind them, keep, move the marks, commit, let go of the logs. Shards that somebody else is at are left to him.</summary>
    private async Task<Step> StepAsync(
        IReadOnlyCollection<Shard> shards,
        HashSet<Shard> whole,
        CancellationToken stoppingToken
    )
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        var cancellationToken = limit.Token;
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await LogMarks.Archive.TakeAsync(connection, transaction, shards, cancellationToken);
        foreach (var busy in whole.Where(shard => !taken.ContainsKey(shard)))
        {
            _whole[busy] = true;
        }

        var pages = await Task.WhenAll(taken.Select(mark => ReadAsync(mark.Key, mark.Value, whole.Contains(mark.Key))))
            .WaitAsync(cancellationToken);
        whole.Clear();
        var found = pages.Where(page => page.Read.Count > 0).ToList();
        if (found.Count == 0)
        {
            return new Step([], 0);
        }

        var kept = await _keeper.KeepAsync(transaction, [.. found.SelectMany(page => page.Read)], cancellationToken);
        var marks = found.ToDictionary(page => page.Shard, page => page.Reached);
        await LogMarks.Archive.MoveAsync(connection, transaction, marks, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _watch.Tell(kept);
        _watch.TellLost([.. found.Where(page => page.BeganAnew).Select(page => page.Shard)]);
        // Asked again: another reader may have passed meanwhile, and the last one lets go.
        var others = await LogMarks.Archive.OthersAsync(connection, marks.Keys, cancellationToken);
        await Task.WhenAll(found.Select(page => LetGoAsync(page, [.. others[page.Shard]])))
            .WaitAsync(cancellationToken);
        return new Step(
            [.. found.Where(page => page.Read.Count == Batch).Select(page => page.Shard)],
            kept.Added.Count
        );
    }

    /// <summary>The epoch is asked for under the lock of the mark, and before the log that belongs to it.</summary>
    private async Task<Page> ReadAsync(Shard shard, TakenMark mark, bool whole)
    {
        var epoch = await _shards.EpochAsync(shard);
        var read = await _shards.ReadAsync(shard, mark.ReadAfter(epoch, whole), Batch);
        if (read.Count == 0)
        {
            _seen[shard] = mark.Own;
            _watch.IsEmpty(shard);
        }
        else
        {
            _watch.Waits(shard, read[0]);
        }

        return new Page(shard, mark, epoch, read);
    }

    private Task LetGoAsync(Page page, IReadOnlyList<LogMark> others)
    {
        var mark = page.Mark with { Others = others };
        _seen[page.Shard] = page.Reached;
        _watch.Kept(page.Shard, page.Read, mayBeMore: page.Read.Count == Batch);
        return _shards.TrimAsync(
            page.Shard,
            [.. page.Read.Where(minute => mark.PassedByOthers(page.Epoch, minute.Seq))]
        );
    }

    /// <param name="Unfinished">Shards that may hold more.</param>
    /// <param name="Added">Rows that were new.</param>
    private readonly record struct Step(IReadOnlyCollection<Shard> Unfinished, int Added);

    private sealed record Page(Shard Shard, TakenMark Mark, string Epoch, IReadOnlyList<SealedMinute> Read)
    {
        public LogMark Reached => new(Epoch, Read[^1].Seq);

        /// <summary>It was read before, in another life of Redis.</summary>
        public bool BeganAnew => Mark.Own.Epoch.Length > 0 && Mark.Own.Epoch != Epoch;
    }
}
