using System.Globalization;
using System.Runtime.CompilerServices;
using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Export;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Export;

/// <summary>
/// Every verdict-minute: those of closed hours unpacked from their rows, then those of hours that were still open when the export began.
/// Hours close while it is written: where the two meet is asked once, so that none is left out and none comes twice.
/// </summary>
internal static class MinuteSurface
{
    private static readonly string[] Read = ["server_id", "hour", "packed"];

    public static ExportSurface Create() =>
        new()
        {
            Name = "minutes",
            IsMonthly = true,
            Columns =
            [
                "server_id",
                "minute",
                "state",
                "failure_reason",
                "failure_layer",
                "weight",
                "maintenance",
                "latency_ms",
                "access",
                "verified_to",
            ],
            Rows = ReadAsync,
        };

    private static async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(
        ExportAsk ask,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var packed = await PackedHourAsync(ask, cancellationToken);
        var closed = ExportSurface.Of("closed", isMonthly: true, Read, Closed(packed));
        await foreach (var row in closed.Rows(ask, cancellationToken).WithCancellation(cancellationToken))
        {
            foreach (var minute in KeptMinutes.Unpack((byte[])row[2]!, (int)row[1]!))
            {
                if (minute.Minute.Value >= ask.FineMinute)
                {
                    yield return Line(row[0], minute);
                }
            }
        }

        var open = ExportSurface.Of("open", isMonthly: true, Read, Open(packed));
        await foreach (var row in open.Rows(ask, cancellationToken).WithCancellation(cancellationToken))
        {
            yield return Line(row[0], KeptMinute.Of(VerdictCodec.Unpack((byte[])row[2]!)));
        }
    }

    private static async Task<int> PackedHourAsync(ExportAsk ask, CancellationToken cancellationToken)
    {
        await using var command = ask.Session.Connection.CreateCommand();
        command.CommandText = "SELECT packed_hour FROM archive.progress";
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Closed(int packed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT server_id, hour, packed FROM archive.verdict_hour
            WHERE hour >= @fine / 60 AND hour < @to / 60 AND hour <= {packed}
            ORDER BY server_id, hour
            """
        );

    /// <summary>Hot minutes stay for two days after their hour is closed.</summary>
    private static string Open(int packed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT server_id, minute / 60, packed FROM archive.verdict_minute
            WHERE minute >= greatest(@fine, {(packed + 1) * 60}) AND minute < @to
            ORDER BY server_id, minute
            """
        );

    private static IReadOnlyList<object?> Line(object? server, KeptMinute minute) =>
        [
            server,
            minute.Minute.ToString(),
            StateWords.Word(minute.State),
            WhyWords.Word(minute.Why),
            WhyWords.Layer(minute.Why, minute.FailedAt),
            minute.Weight,
            minute.Maintenance,
            minute.LatencyMs,
            AccessWords.Word(minute.Access),
            AccessWords.Word(minute.VerifiedTo),
        ];
}
