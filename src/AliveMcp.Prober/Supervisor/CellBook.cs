using System.Diagnostics.Metrics;
using System.Threading.Channels;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Supervisor;

/// <summary>
/// Writes down what cells did: a line in the log for each row, figures by lane, never by tenant, and the newest rows for whoever tells the desk.
/// </summary>
internal sealed partial class CellBook(ProberOptions options, ILogger<CellBook> logger) : IDisposable
{
    private static readonly string Version = typeof(CellBook).Assembly.GetName().Version!.ToString(3);
    private readonly Channel<CellRow> _untold = Channel.CreateBounded<CellRow>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest }
    );
    private readonly Meter _meter = new("AliveMcp.Prober", Version);

    /// <summary>Rows that the desk does not know yet; the oldest make room when it cannot be reached for long.</summary>
    public ChannelReader<CellRow> Untold => _untold.Reader;

    private Counter<long> Started => field ??= _meter.CreateCounter<long>("alivemcp.prober.cells.started");

    private Counter<long> Ended => field ??= _meter.CreateCounter<long>("alivemcp.prober.cells.ended");

    private Counter<long> Orders => field ??= _meter.CreateCounter<long>("alivemcp.prober.cells.orders");

    private Counter<double> Cpu => field ??= _meter.CreateCounter<double>("alivemcp.prober.cells.cpu", "s");

    private Histogram<long> Rss => field ??= _meter.CreateHistogram<long>("alivemcp.prober.cells.rss", "By");

    private Counter<long> Bytes => field ??= _meter.CreateCounter<long>("alivemcp.prober.cells.bytes", "By");

    private Counter<long> Throttled => field ??= _meter.CreateCounter<long>("alivemcp.prober.tenants.throttled");

    public void Begin(CellOwner owner, int pid)
    {
        Started.Add(1, Region(), LaneOf(owner));
        Begun(logger, pid, owner);
    }

    public void Add(CellRow row)
    {
        _untold.Writer.TryWrite(row);
        Orders.Add(row.Orders, Region(), LaneOf(row.Owner));
        Cpu.Add(row.Cpu.TotalSeconds, Region(), LaneOf(row.Owner));
        Rss.Record(row.Rss, Region(), LaneOf(row.Owner));
        Bytes.Add(row.Bytes, Region(), LaneOf(row.Owner));
        if (row.End != CellEnd.Runs)
        {
            Ended.Add(1, Region(), LaneOf(row.Owner), new("end", CellEndWords.Name(row.End)));
        }

        var level = CellEndWords.IsViolent(row.End) ? LogLevel.Warning : LogLevel.Information;
        // By hand, because so many members make no method; a collector of logs gets each by its name.
        logger.Log(level, default, row.Fields(), exception: null, static (fields, _) => Sentence(fields));
    }

    /// <summary>A tenant's tickets are taken less often from now on; said once a day.</summary>
    public void Throttle(TenantId tenant, int kills)
    {
        Throttled.Add(1, Region());
        LessOften(logger, tenant.Value, kills);
    }

    public void Dispose() => _meter.Dispose();

    private static string Sentence(IReadOnlyList<KeyValuePair<string, object?>> fields) =>
        "Cell row: " + string.Join(", ", fields.Select(field => $"{field.Key} {field.Value ?? "-"}"));

    private KeyValuePair<string, object?> Region() => new("region", options.Region.Name);

    private static KeyValuePair<string, object?> LaneOf(CellOwner owner) => new("lane", LaneWords.Name(owner.Lane));

    [LoggerMessage(Level = LogLevel.Information, Message = "Cell {Pid} begins: {Owner}")]
    private static partial void Begun(ILogger logger, int pid, CellOwner owner);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Cells of tenant {Tenant} had to be killed {Kills} times within an hour: each of its servers is looked at once in five minutes. Said once a day."
    )]
    private static partial void LessOften(ILogger logger, int tenant, int kills);
}
