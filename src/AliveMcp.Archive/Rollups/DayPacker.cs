using AliveMcp.Storage.Postgres;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Rollups;

/// <summary>Computes dirty server-days from their closed hours, like <see cref="Hours.HourPacker"/> computes hours. Open days wait.</summary>
internal sealed partial class DayPacker(PostgresDoors doors, ILogger<DayPacker> log)
{
    private const int AtOnce = 500;

    /// <summary>Packs what waits; returns how many server-days were dealt with.</summary>
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
        var dirty = await DayTable.TakeDirtyAsync(transaction, AtOnce, cancellationToken);
        if (dirty.Count == 0)
        {
            return 0;
        }

        var hours = await DayTable.HoursAsync(transaction, dirty, cancellationToken);
        var held = await DayTable.HeldAsync(transaction, dirty, cancellationToken);
        var days = new List<DayRow>();
        var failed = new List<DirtyDay>();
        foreach (var day in dirty)
        {
            Compute(
                day,
                [.. hours[(day.Server, day.Day)]],
                held.GetValueOrDefault((day.Server, day.Day)),
                days,
                failed
            );
        }

        await EnsurePartitionsAsync(days, cancellationToken);
        await DayTable.StoreAsync(transaction, days, cancellationToken);
        await DayTable.SetAsideAsync(transaction, failed, cancellationToken);
        await DayTable.CleanAsync(transaction, [.. dirty.Except(failed)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return dirty.Count;
    }

    private void Compute(DirtyDay day, IReadOnlyList<DayHour> hours, int held, List<DayRow> days, List<DirtyDay> failed)
    {
        try
        {
            if (hours.Count < held)
            {
                throw new FormatException($"The row holds {held} hours and only {hours.Count} are still there.");
            }

            if (hours.Count > 0)
            {
                days.Add(DayRow.Of(hours));
            }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            LogFailed(day.Server, day.Day, fault.Message);
            failed.Add(day);
        }
    }

    private async Task EnsurePartitionsAsync(List<DayRow> days, CancellationToken cancellationToken)
    {
        var wanted = days.Select(day => (Class: (short)day.Retention, day.Day)).Distinct().ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "SELECT archive.make_day_year(class, day) FROM unnest(@classes, @days) AS wanted (class, day)",
                new
                {
                    classes = wanted.Select(one => one.Class).ToArray(),
                    days = wanted.Select(one => one.Day).ToArray(),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    [LoggerMessage(
        LogLevel.Error,
        "Day {Day} of server {Server} cannot be packed and is set aside for an hour: {Reason}"
    )]
    private partial void LogFailed(int server, int day, string reason);
}
