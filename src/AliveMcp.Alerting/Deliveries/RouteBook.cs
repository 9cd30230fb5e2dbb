namespace AliveMcp.Alerting.Deliveries;

/// <summary>What the router knows of the tenants whose alerts it has in hand, read in one transaction under their locks.</summary>
internal sealed class RouteBook
{
    private readonly Dictionary<long, List<ToldSink>> _told = [];

    public required IReadOnlyList<WaitingAlert> Alerts { get; init; }

    /// <summary>Alerts whose record is no message: nobody can be told of them.</summary>
    public required IReadOnlyList<long> Unreadable { get; init; }

    /// <summary>Rules in force by tenant; a tenant without any has the one that everybody has.</summary>
    public required ILookup<int, RuleInForce> Rules { get; init; }

    /// <summary>Who was told of an incident so far, or is about to be.</summary>
    public IReadOnlyCollection<ToldSink> Told(long incident) => _told.GetValueOrDefault(incident) ?? [];

    public void Tell(ToldSink told)
    {
        if (!_told.TryGetValue(told.IncidentId, out var sinks))
        {
            _told[told.IncidentId] = sinks = [];
        }

        sinks.Add(told);
    }

    /// <summary>It will not be told after all.</summary>
    public void Withdraw(ToldSink told) => _told[told.IncidentId].Remove(told);
}

/// <summary>One delivery about an incident, as far as its followers care.</summary>
/// <param name="DeliveryId">0: planned in this very transaction.</param>
/// <param name="IncidentId">About which.</param>
/// <param name="SinkId">Who is told.</param>
/// <param name="RuleId">By which rule.</param>
/// <param name="OnceKey">Names it among the sink's.</param>
/// <param name="IsUnheard">It waits for its time – the end of quiet hours, a step of the ladder – and no runner has touched it.</param>
internal sealed record ToldSink(
    long DeliveryId,
    long IncidentId,
    int SinkId,
    int? RuleId,
    string OnceKey,
    bool IsUnheard
);
