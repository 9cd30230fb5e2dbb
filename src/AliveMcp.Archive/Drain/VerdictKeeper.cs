using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>Keeps a batch of sealed minutes inside the caller's transaction. One that cannot be kept is set aside and the others stay.</summary>
internal sealed class VerdictKeeper(MinutePartitions partitions, TimeProvider clock)
{
    /// <summary>Keeps what can be kept and tells how it went.</summary>
    public async Task<KeptBatch> KeepAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyCollection<SealedMinute> sealedMinutes,
        CancellationToken cancellationToken
    )
    {
        var poisoned = new List<PoisonedMinute>();
        var rows = Read(sealedMinutes, poisoned);
        await partitions.EnsureAsync(VerdictTable.Days(rows), cancellationToken);
        var closedHour = await VerdictTable.ClosedHourAsync(connection, transaction, cancellationToken);
        var added = 0;
        if (rows.Count > 0)
        {
            added = await InsertAsync(
                new Batch(connection, transaction, closedHour),
                rows,
                poisoned,
                cancellationToken
            );
        }

        foreach (var one in poisoned)
        {
            await SetAside.AddAsync(connection, transaction, one, cancellationToken);
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

        return rows;
    }

    private async Task<int> InsertAsync(
        Batch batch,
        List<VerdictRow> rows,
        List<PoisonedMinute> poisoned,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await InsertSavedAsync(batch, rows, cancellationToken);
        }
        catch (PostgresException fault) when (IsMissingPartition(fault))
        {
            // Another archiver dropped a day that we remembered.
            partitions.Forget();
            await partitions.EnsureAsync(VerdictTable.Days(rows), cancellationToken);
            return await InsertEachAsync(batch, rows, poisoned, cancellationToken);
        }
        catch (PostgresException fault) when (IsAboutTheRow(fault))
        {
            return await InsertEachAsync(batch, rows, poisoned, cancellationToken);
        }
    }

    /// <summary>Some row of the batch is refused, we do not know which: each by itself.</summary>
    private static async Task<int> InsertEachAsync(
        Batch batch,
        List<VerdictRow> rows,
        List<PoisonedMinute> poisoned,
        CancellationToken cancellationToken
    )
    {
        var added = 0;
        foreach (var row in rows)
        {
            try
            {
                added += await InsertSavedAsync(batch, [row], cancellationToken);
            }
            catch (PostgresException fault) when (IsAboutTheRow(fault))
            {
                poisoned.Add(new PoisonedMinute(row.Source, fault.MessageText));
            }
        }

        return added;
    }

    private static async Task<int> InsertSavedAsync(
        Batch batch,
        List<VerdictRow> rows,
        CancellationToken cancellationToken
    )
    {
        const string point = "rows";
        await batch.Transaction.SaveAsync(point, cancellationToken);
        try
        {
            return await VerdictTable.InsertAsync(
                batch.Connection,
                batch.Transaction,
                rows,
                batch.ClosedHour,
                cancellationToken
            );
        }
        catch (PostgresException)
        {
            await batch.Transaction.RollbackAsync(point, cancellationToken);
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

    private sealed record Batch(NpgsqlConnection Connection, NpgsqlTransaction Transaction, int ClosedHour);
}

/// <summary>How a batch went: rows that were new, members whose bytes are gone, minutes set aside.</summary>
internal sealed record KeptBatch(int Added, int Missing, IReadOnlyList<PoisonedMinute> Poisoned);
