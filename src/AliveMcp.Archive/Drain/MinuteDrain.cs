using System.Collections.Concurrent;
using AliveMcp.Storage.Postgres;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Drain;

/// <summary>
/// Carries sealed minutes from the shards' logs into Postgres. Rows and mark move in one transaction: killed at any moment nothing is lost
/// or doubled, and any number of archivers may do it at once.
/// </summary>
internal sealed partial class MinuteDrain : IDisposable
{
    /// <summary>Members read at a time, under one lock.</summary>
    private const int Batch = 1_000;

    /// <summary>Shards at work at once; each holds a connection.</summary>
    private const int AtOnce = 4;

    /// <summary>How often every log is read from its beginning although nothing seems to have happened. The logs are short: what was kept is trimmed.</summary>
    private static readonly TimeSpan WholeEvery = TimeSpan.FromMinutes(5);

    private readonly PostgresDoors _doors;
    private readonly RedisDoor _redis;
    private readonly VerdictKeeper _keeper;
    private readonly TimeProvider _clock;
    private readonly ILogger<MinuteDrain> _log;
    private readonly ShardLog _shards;
    private readonly ConcurrentDictionary<Shard, LogMark> _seen = new();
    private readonly ConcurrentDictionary<Shard, bool> _whole = new();
    private DateTimeOffset _wholeAgainAt;

    public MinuteDrain(
        PostgresDoors doors,
        RedisDoor redis,
        VerdictKeeper keeper,
        TimeProvider clock,
        ILogger<MinuteDrain> log
    )
    {
        (_doors, _redis, _keeper, _clock, _log) = (doors, redis, keeper, clock, log);
        _shards = new ShardLog(redis);
        // After a restart Redis may have lost its last second and give the same numbers again, in the same epoch.
        _redis.Restored += ReadWhole;
    }

    public DrainMeters Meters { get; } = new();

    /// <summary>Drains every shard that has something new; returns how many rows were added.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        if (_clock.GetUtcNow() >= _wholeAgainAt)
        {
            ReadWhole();
            _wholeAgainAt = _clock.GetUtcNow() + WholeEvery;
        }

        var newest = await _shards.NewestAsync();
        var added = 0;
        await Parallel.ForEachAsync(
            newest.Where(shard => IsWaiting(shard.Shard, shard.Newest)).Select(shard => shard.Shard),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (shard, token) => Interlocked.Add(ref added, await DrainAsync(shard, token))
        );
        return added;
    }

    public void Dispose()
    {
        _redis.Restored -= ReadWhole;
        Meters.Dispose();
    }

    private void ReadWhole()
    {
        foreach (var shard in Shard.All)
        {
            _whole[shard] = true;
        }
    }

    private bool IsWaiting(Shard shard, LogMark newest)
    {
        if (newest.Seq == 0)
        {
            return false;
        }

        var seen = _seen.GetValueOrDefault(shard);
        return _whole.ContainsKey(shard) || seen.Epoch != newest.Epoch || newest.Seq > seen.Seq;
    }

    private async Task<int> DrainAsync(Shard shard, CancellationToken cancellationToken)
    {
        var added = 0;
        var whole = _whole.TryRemove(shard, out _);
        try
        {
            while (await StepAsync(shard, whole, cancellationToken) is { } step)
            {
                added += step.Added;
                whole = false;
                if (step.Read < Batch)
                {
                    break;
                }
            }
        }
        catch
        {
            // Whatever was not read from the beginning still has to be.
            _whole[shard] = true;
            throw;
        }

        return added;
    }

    /// <summary>One batch: lock the mark, read behind it, keep, move the mark, commit, let go of the log. Null when there was nothing, or somebody else is at it.</summary>
    private async Task<Step?> StepAsync(Shard shard, bool whole, CancellationToken cancellationToken)
    {
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await LogMarks.TakeAsync(connection, transaction, shard, cancellationToken);
        if (taken is null)
        {
            if (whole)
            {
                _whole[shard] = true;
            }

            return null;
        }

        var epoch = await _shards.EpochAsync(shard);
        var read = await _shards.ReadAsync(shard, taken.ReadAfter(epoch, whole), Batch);
        if (read.Count == 0)
        {
            _seen[shard] = taken.Own;
            return null;
        }

        var kept = await _keeper.KeepAsync(connection, transaction, read, cancellationToken);
        var mark = new LogMark(epoch, read[^1].Seq);
        await LogMarks.MoveAsync(connection, transaction, shard, mark, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _seen[shard] = mark;
        Tell(kept, read);
        await _shards.TrimAsync(shard, [.. read.Where(minute => taken.PassedByOthers(epoch, minute.Seq))]);
        return new Step(read.Count, kept.Added);
    }

    private void Tell(KeptBatch kept, IReadOnlyList<SealedMinute> read)
    {
        Meters.Count(kept);
        if (HandoverKeys.TryParseMember(read[0].Member, out _, out var minute))
        {
            Meters.Lag(_clock.GetUtcNow(), minute);
        }

        foreach (var poisoned in kept.Poisoned)
        {
            LogPoisoned(poisoned.Minute.Member, poisoned.Reason);
        }
    }

    [LoggerMessage(LogLevel.Error, "Sealed minute {Member} is set aside: {Reason}")]
    private partial void LogPoisoned(string member, string reason);

    private readonly record struct Step(int Read, int Added);
}
