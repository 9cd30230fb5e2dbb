using System.Diagnostics.Metrics;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drain;

/// <summary>What an operator sees of the drain. Region, lane and tenant are no dimension here.</summary>
internal sealed class DrainMeters : IDisposable
{
    private readonly Meter _meter = new("AliveMcp.Archive");
    private readonly Counter<long> _kept;
    private readonly Counter<long> _setAside;
    private readonly Counter<long> _missing;
    private readonly Histogram<double> _lag;

    public DrainMeters()
    {
        _kept = _meter.CreateCounter<long>(
            "alivemcp.archive.minutes",
            description: "Verdict-minutes written, each counted once."
        );
        _setAside = _meter.CreateCounter<long>(
            "alivemcp.archive.set_aside",
            description: "Sealed minutes that could not be kept as they are."
        );
        _missing = _meter.CreateCounter<long>(
            "alivemcp.archive.missing",
            description: "Members of the log whose minute was gone from Redis."
        );
        _lag = _meter.CreateHistogram<double>(
            "alivemcp.archive.lag",
            "s",
            "From the end of a minute to its row in Postgres; it is sealed up to 30 s after its end."
        );
    }

    public void Count(KeptBatch batch)
    {
        _kept.Add(batch.Added);
        _setAside.Add(batch.Poisoned.Count);
        _missing.Add(batch.Missing);
    }

    public void Lag(DateTimeOffset now, MinuteStamp minute) =>
        _lag.Record(Math.Max(0, (now - (minute + 1).Start).TotalSeconds));

    public void Dispose() => _meter.Dispose();
}
