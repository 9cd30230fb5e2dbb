using System.Diagnostics.Metrics;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector;

/// <summary>What this room counts. Labels carry region and reason, never a tenant or a server.</summary>
internal sealed class CollectorMeter : IDisposable
{
    /// <summary>Name of the meter, for the exporter.</summary>
    public const string Name = "AliveMcp.Collector";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _opened;
    private readonly Counter<long> _sealed;
    private readonly Counter<long> _leased;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _results;
    private readonly Counter<long> _refused;

    public CollectorMeter()
    {
        _opened = _meter.CreateCounter<long>("alivemcp.minutes.opened");
        _sealed = _meter.CreateCounter<long>("alivemcp.minutes.sealed");
        _leased = _meter.CreateCounter<long>("alivemcp.tickets.leased");
        _dropped = _meter.CreateCounter<long>("alivemcp.tickets.dropped");
        _results = _meter.CreateCounter<long>("alivemcp.results");
        _refused = _meter.CreateCounter<long>("alivemcp.desk.refused");
    }

    public void Opened(int count) => _opened.Add(count);

    public void Sealed(ServerState state) => _sealed.Add(1, Tag("state", StateWords.Word(state)));

    public void Leased(Region region, int count) => _leased.Add(count, Tag("region", region.Name));

    /// <param name="region">Whose queue it was.</param>
    /// <param name="why"><c>queue_full</c>, <c>too_late</c>, <c>settings_gone</c>.</param>
    /// <param name="count">How many.</param>
    public void Dropped(Region region, string why, long count)
    {
        if (count > 0)
        {
            _dropped.Add(count, Tag("region", region.Name), Tag("why", why));
        }
    }

    public void Result(Region region, string outcome) =>
        _results.Add(1, Tag("region", region.Name), Tag("outcome", outcome));

    /// <param name="why"><c>token</c>, <c>prober</c>, <c>signature</c>, <c>contract_hash</c>, <c>too_large</c>, <c>malformed</c>.</param>
    public void Refused(string why) => _refused.Add(1, Tag("why", why));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
