using System.Diagnostics.Metrics;

namespace AliveMcp.Archive.Drain;

/// <summary>What an operator sees of the drain. Region, lane and tenant are no dimension here.</summary>
internal sealed class DrainMeters : IDisposable
{
    private readonly Meter _meter = new("AliveMcp.Archive");
    private readonly Counter<long> _kept;
    private readonly Counter<long> _setAside;
    private readonly Counter<long> _missing;
    private readonly Counter<long> _lostLogs;
    private readonly Histogram<double> _lag;

    /// <param name="behind">How long what waits has waited, now.</param>
    public DrainMeters(Func<TimeSpan> behind)
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
            description: "Members of the log that name no minute."
        );
        _lostLogs = _meter.CreateCounter<long>(
            "alivemcp.archive.lost_logs",
            description: "Logs of shards, 64 in all, that began anew: Redis was lost or emptied, and with it what was open or not archived yet."
        );
        _lag = _meter.CreateHistogram<double>(
            "alivemcp.archive.lag",
            "s",
            "From the seal of a minute, or from the latest moment at which it was sealed, to its row in Postgres; 180 s are promised."
        );
        _meter.CreateObservableGauge(
            "alivemcp.archive.behind",
            () => behind().TotalSeconds,
            "s",
            "How long the oldest sealed minute that is not archived has waited; 0 when none waits."
        );
    }

    public void Count(KeptBatch batch)
    {
        _kept.Add(batch.Added.Count);
        _setAside.Add(batch.Poisoned.Count);
        _missing.Add(batch.Missing);
    }

    public void CountLost(int shards) => _lostLogs.Add(shards);

    public void Lag(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
