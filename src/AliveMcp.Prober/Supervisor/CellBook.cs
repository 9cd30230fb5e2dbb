using System.Diagnostics.Metrics;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Supervisor;

/// <summary>Writes down what cells did: a line in the log for each row, and figures by lane, never by tenant.</summary>
internal sealed partial class CellBook(ProberOptions options, ILogger<CellBook> logger) : IDisposable
{
    private static readonly string Version = typeof(CellBook).Assembly.GetName().Version!.ToString(3);
    private readonly Meter _meter = new("AliveMcp.Prober", Version);

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
        Orders.Add(row.Orders, Region(), LaneOf(row.Owner));
        Cpu.Add(row.Cpu.TotalSeconds, Region(), LaneOf(row.Owner));
        Rss.Record(row.Rss, Region(), LaneOf(row.Owner));
        Bytes.Add(row.Bytes, Region(), LaneOf(row.Owner));
        if (row.End != CellEnd.Runs)
        {
            Ended.Add(1, Region(), LaneOf(row.Owner), new("end", CellEndWords.Name(row.End)));
        }

        var level = CellEndWords.IsViolent(row.End) ? LogLevel.Warning : LogLevel.Information;
        Written(
            logger,
            level,
            row.Pid,
            row.Owner,
            CellEndWords.Name(row.End),
            row.ExitCode,
            row.Orders,
            row.Open,
            (long)row.Cpu.TotalMilliseconds,
            row.Rss / 1024,
            (long)row.Wall.TotalMilliseconds,
            row.Bytes
        );
    }

    /// <summary>A tenant's tickets are taken less often from now on; said once a day.</summary>
    public void Throttle(TenantId tenant, int kills)
    {
        Throttled.Add(1, Region());
        LessOften(logger, tenant.Value, kills);
    }

    public void Dispose() => _meter.Dispose();

    private KeyValuePair<string, object?> Region() => new("region", options.Region.Name);

    private static KeyValuePair<string, object?> LaneOf(CellOwner owner) => new("lane", LaneWords.Name(owner.Lane));

    [LoggerMessage(Level = LogLevel.Information, Message = "Cell {Pid} begins: {Owner}")]
    private static partial void Begun(ILogger logger, int pid, CellOwner owner);

    [LoggerMessage(
        Message = "Cell {Pid} of {Owner}: {End}, exit {ExitCode}, {Orders} orders, {Open} open, cpu {CpuMs} ms, rss {RssKiB} KiB, wall {WallMs} ms, {Bytes} bytes"
    )]
    private static partial void Written(
        ILogger logger,
        LogLevel level,
        int pid,
        CellOwner owner,
        string end,
        int? exitCode,
        int orders,
        int open,
        long cpuMs,
        long rssKiB,
        long wallMs,
        long bytes
    );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Cells of tenant {Tenant} had to be killed {Kills} times within an hour: each of its servers is looked at once in five minutes. Said once a day."
    )]
    private static partial void LessOften(ILogger logger, int tenant, int kills);
}
