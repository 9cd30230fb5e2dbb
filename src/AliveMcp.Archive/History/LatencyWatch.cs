using AliveMcp.Archive.Hours;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.History;

/// <summary>How fast a server is just now, beside how fast it usually is at this hour of the day (UTC): what alerts ask.</summary>
public sealed class LatencyWatch(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>How far back "just now" reaches, minutes.</summary>
    public const int Recent = 15;

    /// <summary>How many days make what is usual.</summary>
    public const int Days = 7;

    /// <summary>Fewer first tries in the last 15 minutes say nothing.</summary>
    private const int LeastRecent = 3;

    /// <summary>Fewer of the seven days, or fewer tries in all of them, are no custom.</summary>
    private const int LeastDays = 3;

    private const int LeastUsual = 30;

    private const string Sql = """
        SELECT latency AS Latency, NULL::bytea AS Packed
        FROM archive.verdict_hour WHERE server_id = @server AND hour = ANY(@hours)
        UNION ALL
        SELECT NULL, packed
        FROM archive.verdict_minute
        WHERE server_id = @server AND minute = ANY(ARRAY(SELECT generate_series(@newest - @recent + 1, @newest)))
        """;

    private readonly HistoryReader _reader = new(doors, clock);

    /// <summary>Null: there is too little to compare.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ComparedLatency?> LookAsync(ServerKey server, CancellationToken cancellationToken)
    {
        var now = _reader.Now;
        var hour = MinuteStamp.Of(now).Value / 60;
        var rows = await _reader.ReadAsync<Row>(
            server,
            Sql,
            new { hours = Enumerable.Range(1, Days).Select(day => hour - (24 * day)).ToArray(), recent = Recent },
            now,
            cancellationToken
        );
        var usual = new LatencySketch();
        var days = 0;
        foreach (var row in rows.Where(row => row.Latency is not null))
        {
            var day = LatencySketch.Unpack(row.Latency);
            days += day.Count > 0 ? 1 : 0;
            usual.Add(day);
        }

        var recent = HourRow.FirstTries(
            rows.Select(row => row.Packed).OfType<byte[]>().Select(packed => VerdictCodec.Unpack(packed))
        );
        return recent.Count < LeastRecent || days < LeastDays || usual.Count < LeastUsual
            ? null
            : new ComparedLatency(recent.Percentile(0.5)!.Value, usual.Percentile(0.5)!.Value);
    }

    private sealed record Row(byte[]? Latency, byte[]? Packed);
}

/// <summary>Medians of first tries, milliseconds, each right to 7 %.</summary>
/// <param name="Now">Of the last 15 minutes.</param>
/// <param name="Usual">Of the same hour on the last seven days.</param>
public readonly record struct ComparedLatency(int Now, int Usual);
