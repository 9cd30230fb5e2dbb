using System.Collections.Concurrent;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>Keeps a batch of sealed minutes inside the caller's transaction. One that cannot be kept is set aside and the others stay.</summary>
internal sealed class VerdictKeeper(MinutePartitions partitions, TimeProvider clock)
{
    /// <summary>Minutes that one core reads at a stretch.</summary>
    private const int ReadTogether = 2_000;

    private readonly KnownServers _known = new();

    /// <summary>Keeps what can be kept and tells how it went. The caller holds the marks of the shards.</summary>
    public async Task<KeptBatch> KeepAsync(
        NpgsqlTransaction transaction,
        IReadOnlyCollection<SealedMinute> sealedMinutes,
        CancellationToken cancellationToken
    )
    {
        var poisoned = new List<PoisonedMinute>();
        var rows = Read(sealedMinutes, poisoned);
        await partitions.EnsureAsync(VerdictTable.Days(rows), cancellationToken);
        var shards = rows.Select(row => row.Shard).ToHashSet();
        var (closedHour, touched) = await VerdictTable.StandingAsync(transaction, shards, cancellationToken);
        await _known.RefreshAsync(transaction, touched, cancellationToken);
        rows.RemoveAll(_known.IsErased);
        var added = rows.Count == 0 ? [] : await WriteAsync(transaction, rows, poisoned, cancellationToken);
        await VerdictTable.TouchAsync(transaction, added, closedHour, cancellationToken);
        await _known.DoubtAsync(transaction, added, cancellationToken);
        foreach (var one in poisoned)
        {
            await SetAside.AddAsync(transaction, one, cancellationToken);
        }

        return new KeptBatch(added, sealedMinutes.Count(minute => minute.Packed is null), poisoned);
    }

    private List<VerdictRow> Read(IReadOnlyCollection<SealedMinute> sealedMinutes, List<PoisonedMinute> poisoned)
    {
        var now = clock.GetUtcNow();
        // A member that names no minute has no bytes to keep.
        var minutes = sealedMinutes.Where(minute => minute.Packed is not null).ToArray();
        if (minutes.Length == 0)
        {
            return [];
        }

        var (read, unread) = (new VerdictRow?[minutes.Length], new ConcurrentQueue<PoisonedMinute>());
        Parallel.ForEach(
            Partitioner.Create(0, minutes.Length, ReadTogether),
            range =>
            {
                for (var place = range.Item1; place < range.Item2; place++)
                {
                    read[place] = Read(minutes[place], now, unread);
                }
            }
        );
        poisoned.AddRange(unread);
        var rows = new List<VerdictRow>(read.OfType<VerdictRow>());
        // In the order of the key, so that its index grows at its end.
        rows.Sort(static (one, other) => one.Place.CompareTo(other.Place));
        return rows;
    }

    private static VerdictRow? Read(SealedMinute minute, DateTimeOffset now, ConcurrentQueue<PoisonedMinute> poisoned)
    {
        try
        {
            return VerdictRow.Read(minute, now);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            poisoned.Enqueue(new PoisonedMinute(minute, fault.Message));
            return null;
        }
    }

    /// <summary>1. As a copy: nearly always nothing is in its way. 2. Row by row of one statement, past those that are there. 3. In halves, until those that are refused stand alone.</summary>
    private async Task<IReadOnlyList<VerdictRow>> WriteAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<VerdictRow> rows,
        List<PoisonedMinute> poisoned,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SavedAsync(transaction, CopyAsync, cancellationToken);
        }
        catch (PostgresException fault) when (IsMissingPartition(fault))
        {
            // Another archiver dropped a day that we remembered.
            partitions.Forget();
            await partitions.EnsureAsync(VerdictTable.Days(rows), cancellationToken);
        }
        catch (PostgresException fault) when (IsAboutTheRow(fault))
        {
            // Some of them were kept before, or cannot be kept at all.
        }

        try
        {
            return await SavedAsync(transaction, InsertAsync, cancellationToken);
        }
        catch (PostgresException fault) when (IsAboutTheRow(fault) && !IsMissingPartition(fault))
        {
            return await HalvesAsync(transaction, rows, poisoned, cancellationToken);
        }

        async Task<IReadOnlyList<VerdictRow>> CopyAsync()
        {
            await VerdictCopy.WriteAsync(transaction.Connection!, rows, cancellationToken);
            return rows;
        }

        Task<IReadOnlyList<VerdictRow>> InsertAsync() => VerdictTable.InsertAsync(transaction, rows, cancellationToken);
    }

    /// <summary>Some row of these is refused, we do not know which: each half is tried by itself.</summary>
    private static async Task<IReadOnlyList<VerdictRow>> HalvesAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<VerdictRow> rows,
        List<PoisonedMinute> poisoned,
        CancellationToken cancellationToken
    )
    {
        var added = new List<VerdictRow>();
        var left = new Stack<IReadOnlyList<VerdictRow>>([rows]);
        while (left.TryPop(out var some))
        {
            try
            {
                added.AddRange(
                    await SavedAsync(
                        transaction,
                        () => VerdictTable.InsertAsync(transaction, some, cancellationToken),
                        cancellationToken
                    )
                );
            }
            catch (PostgresException fault) when (IsAboutTheRow(fault) && !IsMissingPartition(fault))
            {
                if (some.Count == 1)
                {
                    poisoned.Add(new PoisonedMinute(some[0].Source, fault.MessageText));
                    continue;
                }

                var half = some.Count / 2;
                left.Push([.. some.Skip(half)]);
                left.Push([.. some.Take(half)]);
            }
        }

        return added;
    }

    /// <summary>What fails leaves the transaction as it was.</summary>
    private static async Task<IReadOnlyList<VerdictRow>> SavedAsync(
        NpgsqlTransaction transaction,
        Func<Task<IReadOnlyList<VerdictRow>>> write,
        CancellationToken cancellationToken
    )
    {
        const string point = "rows";
        await transaction.SaveAsync(point, cancellationToken);
        try
        {
            var written = await write();
            await transaction.ReleaseAsync(point, cancellationToken);
            return written;
        }
        catch (PostgresException)
        {
            await transaction.RollbackAsync(point, cancellationToken);
            throw;
        }
    }

    /// <summary>"No partition of relation found for row" is a check violation without a constraint's name.</summary>
    private static bool IsMissingPartition(PostgresException fault) =>
        fault.SqlState == PostgresErrorCodes.CheckViolation && string.IsNullOrEmpty(fault.ConstraintName);

    /// <summary>Class 22 (data) and 23 (integrity): trying again would fail again.</summary>
    private static bool IsAboutTheRow(PostgresException fault) =>
        fault.SqlState.StartsWith("22", StringComparison.Ordinal)
        || fault.SqlState.StartsWith("23", StringComparison.Ordinal);
}

/// <summary>How a batch went: rows that were new, members whose bytes are gone, minutes set aside.</summary>
internal sealed record KeptBatch(IReadOnlyList<VerdictRow> Added, int Missing, IReadOnlyList<PoisonedMinute> Poisoned);
