using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>Keeps a batch of sealed minutes inside the caller's transaction. One that cannot be kept is set aside and the others stay.</summary>
internal sealed class VerdictKeeper(MinutePartitions partitions, TimeProvider clock)
{
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
        var (closedHour, erased) = await VerdictTable.StandingAsync(transaction, rows, cancellationToken);
        rows.RemoveAll(row => erased.Contains(row.Server.Server.Value));
        var added = rows.Count == 0 ? [] : await WriteAsync(transaction, rows, poisoned, cancellationToken);
        await VerdictTable.TouchAsync(transaction, added, closedHour, cancellationToken);
        foreach (var one in poisoned)
        {
            await SetAside.AddAsync(transaction, one, cancellationToken);
        }

        return new KeptBatch(added, sealedMinutes.Count(minute => minute.Packed is null), poisoned);
    }

    private List<VerdictRow> Read(IEnumerable<SealedMinute> sealedMinutes, List<PoisonedMinute> poisoned)
    {
        var now = clock.GetUtcNow();
        var rows = new List<VerdictRow>();
        // A member without a hash was kept before (the hash outlives the log) or went with Redis: it has no bytes to keep.
        foreach (var minute in sealedMinutes.Where(minute => minute.Packed is not null))
        {
            try
            {
                rows.Add(VerdictRow.Read(minute, now));
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
            {
                poisoned.Add(new PoisonedMinute(minute, fault.Message));
            }
        }

        // In the order of the key, so that its index grows at its end.
        rows.Sort(static (one, other) => one.Place.CompareTo(other.Place));
        return rows;
    }

    /// <summary>1. As a copy: nearly always nothing is in its way. 2. Row by row of one statement, past those that are there. 3. Each by itself.</summary>
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
            return await EachAsync(transaction, rows, poisoned, cancellationToken);
        }

        async Task<IReadOnlyList<VerdictRow>> CopyAsync()
        {
            await VerdictCopy.WriteAsync(transaction.Connection!, rows, cancellationToken);
            return rows;
        }

        Task<IReadOnlyList<VerdictRow>> InsertAsync() => VerdictTable.InsertAsync(transaction, rows, cancellationToken);
    }

    /// <summary>Some row of the batch is refused, we do not know which.</summary>
    private static async Task<IReadOnlyList<VerdictRow>> EachAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<VerdictRow> rows,
        List<PoisonedMinute> poisoned,
        CancellationToken cancellationToken
    )
    {
        var added = new List<VerdictRow>();
        foreach (var row in rows)
        {
            try
            {
                added.AddRange(
                    await SavedAsync(
                        transaction,
                        () => VerdictTable.InsertAsync(transaction, [row], cancellationToken),
                        cancellationToken
                    )
                );
            }
            catch (PostgresException fault) when (IsAboutTheRow(fault) && !IsMissingPartition(fault))
            {
                poisoned.Add(new PoisonedMinute(row.Source, fault.MessageText));
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
            return await write();
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
