using AliveMcp.Storage.Postgres;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Hours;

/// <summary>Computes dirty server-hours from their minutes: always whole, never by adding, so that doing it again gives the same row.</summary>
internal sealed partial class HourPacker(PostgresDoors doors, ILogger<HourPacker> log)
{
    private const int AtOnce = 500;

    /// <summary>Packs what waits; returns how many server-hours were dealt with.</summary>
    public async Task<int> PackAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        while (await StepAsync(cancellationToken) is var taken and > 0)
        {
            done += taken;
        }

        return done;
    }

    private async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var dirty = await HourTable.TakeDirtyAsync(transaction, AtOnce, cancellationToken);
        if (dirty.Count == 0)
        {
            return 0;
        }

        var minutes = await HourTable.MinutesAsync(transaction, dirty, cancellationToken);
        var held = await HourTable.HeldAsync(transaction, dirty, cancellationToken);
        var (packed, failed) = Pack(dirty, minutes, held);
        await EnsurePartitionsAsync(packed, cancellationToken);
        await HourTable.StoreAsync(transaction, packed, cancellationToken);
        await HourTable.SetAsideAsync(transaction, failed, cancellationToken);
        await HourTable.CleanAsync(transaction, [.. dirty.Except(failed)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return dirty.Count;
    }

    private (List<PackedHour> Packed, List<DirtyHour> Failed) Pack(
        IReadOnlyList<DirtyHour> dirty,
        ILookup<(int Server, int Hour), byte[]> minutes,
        IReadOnlyDictionary<(int Server, int Hour), int> held
    )
    {
        var packed = new List<PackedHour>();
        var failed = new List<DirtyHour>();
        foreach (var hour in dirty)
        {
            var own = minutes[(hour.Server, hour.Hour)].ToList();
            try
            {
                RefuseLess(own.Count, held.GetValueOrDefault((hour.Server, hour.Hour)));
                if (own.Count > 0)
                {
                    packed.Add(PackedHour.Of(own));
                }
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
            {
                LogFailed(hour.Server, hour.Hour, fault.Message);
                failed.Add(hour);
            }
        }

        return (packed, failed);
    }

    /// <summary>Hot minutes are dropped after two days: what was packed from them before is then all there is.</summary>
    private static void RefuseLess(int found, int held)
    {
        if (found < held)
        {
            throw new FormatException(
                $"The row holds {held} minutes and only {found} are still there to compute it from."
            );
        }
    }

    private async Task EnsurePartitionsAsync(List<PackedHour> packed, CancellationToken cancellationToken)
    {
        var wanted = packed.Select(hour => (Class: (short)hour.Row.Retention, hour.Row.Hour)).Distinct().ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "SELECT archive.make_hour_month(class, hour) FROM unnest(@classes, @hours) AS wanted (class, hour)",
                new
                {
                    classes = wanted.Select(one => one.Class).ToArray(),
                    hours = wanted.Select(one => one.Hour).ToArray(),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    [LoggerMessage(
        LogLevel.Error,
        "Hour {Hour} of server {Server} cannot be packed and is set aside for an hour: {Reason}"
    )]
    private partial void LogFailed(int server, int hour, string reason);
}
