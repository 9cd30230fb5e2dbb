using AliveMcp.Storage.Postgres;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Rollups;

/// <summary>
/// Computes what is dirty, of any grain: always whole, never by adding, so that doing it again gives the same row. What is taken, stored
/// and cleaned is one transaction: whoever is killed in it leaves everything as it was.
/// </summary>
internal sealed partial class RollupPacker(PostgresDoors doors, ILogger<RollupPacker> log)
{
    private const int AtOnce = 500;

    /// <summary>Packs what waits and lets readers take it; returns how many were dealt with.</summary>
    public async Task<int> PackAsync(Grain grain, CancellationToken cancellationToken)
    {
        var done = 0;
        while (await StepAsync(grain, cancellationToken) is var taken and > 0)
        {
            done += taken;
        }

        await AdvanceAsync(grain.Table, cancellationToken);
        return done;
    }

    private async Task<int> StepAsync(Grain grain, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var dirty = await RollupTable.TakeAsync(transaction, grain.Table, AtOnce, cancellationToken);
        if (dirty.Count == 0)
        {
            return 0;
        }

        var parts = await grain.ReadAsync(transaction, dirty, cancellationToken);
        var held = await RollupTable.HeldAsync(transaction, grain.Table, dirty, cancellationToken);
        var (packed, failed) = Pack(grain.Table.Word, dirty, parts, held);
        await EnsurePartitionsAsync(grain.Table, packed, cancellationToken);
        await RollupTable.StoreAsync(transaction, grain.Table, packed, cancellationToken);
        await RollupTable.RunAsync(transaction, grain.Table.SetAside, failed, cancellationToken);
        await RollupTable.RunAsync(transaction, grain.Table.Clean, [.. dirty.Except(failed)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return dirty.Count;
    }

    private (List<PackedRollup> Packed, List<Dirty> Failed) Pack(
        string word,
        IReadOnlyList<Dirty> dirty,
        IReadOnlyDictionary<Dirty, DirtyParts> parts,
        IReadOnlyDictionary<Dirty, int> held
    )
    {
        var packed = new List<PackedRollup>(dirty.Count);
        var failed = new List<Dirty>();
        foreach (var one in dirty)
        {
            var own = parts.GetValueOrDefault(one);
            try
            {
                RefuseLess(own?.Count ?? 0, held.GetValueOrDefault(one));
                if (own is not null)
                {
                    packed.Add(own.Pack());
                }
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
            {
                LogFailed(word, one.At, one.Server, fault.Message);
                failed.Add(one);
            }
        }

        return (packed, failed);
    }

    /// <summary>What lies beneath is dropped in its time: what was computed from it before is then all there is.</summary>
    private static void RefuseLess(int found, int held)
    {
        if (found < held)
        {
            throw new FormatException(
                $"The row is made of {held} parts and only {found} are still there to compute it from."
            );
        }
    }

    private async Task EnsurePartitionsAsync(
        GrainTable table,
        List<PackedRollup> packed,
        CancellationToken cancellationToken
    )
    {
        var wanted = packed.Select(row => (Class: (short)row.Rollup.Retention, row.Rollup.At)).Distinct().ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        // In a transaction of its own: a partition that is made stays, whatever becomes of the rows.
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                table.Partition,
                new
                {
                    classes = wanted.Select(one => one.Class).ToArray(),
                    ats = wanted.Select(one => one.At).ToArray(),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    private async Task AdvanceAsync(GrainTable table, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(table.Advance, transaction: transaction, cancellationToken: cancellationToken)
        );
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(
        LogLevel.Error,
        "{Grain} {At} of server {Server} cannot be packed and is set aside for an hour: {Reason}"
    )]
    private partial void LogFailed(string grain, int at, int server, string reason);
}
