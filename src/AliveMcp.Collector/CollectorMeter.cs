using System.Diagnostics.Metrics;
using AliveMcp.Collector.Queues;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector;

/// <summary>What this room counts. Labels carry region, lane and reason, never a tenant or a server.</summary>
internal sealed class CollectorMeter : IDisposable
{
    /// <summary>Name of the meter, for the exporter.</summary>
    public const string Name = "AliveMcp.Collector";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _opened;
    private readonly Counter<long> _sealed;
    private readonly Counter<long> _leased;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _results;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _looks;
    private IReadOnlyList<QueueStanding> _queues = [];

    public CollectorMeter()
    {
        _opened = _meter.CreateCounter<long>("alivemcp.minutes.opened");
        _sealed = _meter.CreateCounter<long>("alivemcp.minutes.sealed");
        _leased = _meter.CreateCounter<long>("alivemcp.tickets.leased");
        _dropped = _meter.CreateCounter<long>("alivemcp.tickets.dropped");
        _expired = _meter.CreateCounter<long>("alivemcp.tickets.expired");
        _results = _meter.CreateCounter<long>("alivemcp.results");
        _looks = _meter.CreateCounter<long>("alivemcp.looks");
        _refused = _meter.CreateCounter<long>("alivemcp.desk.refused");
        Gauge("alivemcp.queue.depth", "{ticket}", row => row.Last.Depth);
        Gauge("alivemcp.queue.due", "{ticket}", row => row.Last.Due);
        Gauge("alivemcp.queue.oldest", "s", row => (long)row.Last.Oldest.TotalSeconds);
        Gauge("alivemcp.queue.backs_up", "1", row => row.IsAlarmed ? 1 : 0);
    }

    public void Opened(int count) => _opened.Add(count);

    public void Sealed(ServerState state) => _sealed.Add(1, Tag("state", StateWords.Word(state)));

    public void Leased(Region region, Lane lane, int count) => Add(_leased, count, [.. Of(region, lane)]);

    /// <param name="region">Whose queue it was.</param>
    /// <param name="lane">And which.</param>
    /// <param name="why"><c>queue_full</c>, <c>gone</c> (its minute is, or its server), <c>not_theirs</c> (another tenant's, in a private region), <c>credential</c> (it cannot be opened, or was set after the minute was planned).</param>
    /// <param name="count">How many.</param>
    public void Dropped(Region region, Lane lane, string why, long count) =>
        Add(_dropped, count, [.. Of(region, lane), Tag("why", why)]);

    /// <summary>Nobody took them in time.</summary>
    public void Expired(Region region, Lane lane, long count) => Add(_expired, count, [.. Of(region, lane)]);

    public void Result(Region region, string outcome) =>
        _results.Add(1, Tag("region", region.Name), Tag("outcome", outcome));

    /// <summary>A live look said this.</summary>
    public void Looked(Region region, ServerState state) =>
        _looks.Add(1, Tag("region", region.Name), Tag("state", StateWords.Word(state)));

    /// <param name="why">
    /// <c>token</c>, <c>too_many</c>, <c>prober</c>, <c>lane</c>, <c>signature</c>, <c>contract_hash</c>, <c>too_large</c>,
    /// <c>too_many_reports</c>, <c>not_theirs</c>, <c>malformed</c>.
    /// </param>
    public void Refused(string why) => _refused.Add(1, Tag("why", why));

    /// <summary>What the gauges show until the next call.</summary>
    public void Show(IReadOnlyList<QueueStanding> queues) => Volatile.Write(ref _queues, queues);

    /// <summary>Whether an instrument is one of this very meter: a process may hold several of one name.</summary>
    public bool Owns(Instrument instrument) => instrument.Meter == _meter;

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string unit, Func<QueueStanding, long> value) =>
        _meter.CreateObservableGauge(
            name,
            () =>
                Volatile
                    .Read(ref _queues)
                    .Select(row => new Measurement<long>(value(row), Of(row.Queue.Region, row.Queue.Lane))),
            unit
        );

    private static void Add(Counter<long> counter, long count, KeyValuePair<string, object?>[] tags)
    {
        if (count > 0)
        {
            counter.Add(count, tags);
        }
    }

    private static KeyValuePair<string, object?>[] Of(Region region, Lane lane) =>
        [Tag("region", region.Name), Tag("lane", LaneWords.Name(lane))];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
