namespace AliveMcp.Alerting.Deliveries;

/// <summary>What the router knows of the tenants whose alerts it has in hand, read in one transaction under their locks.</summary>
internal sealed class RouteBook
{
    private readonly Dictionary<long, List<ToldSink>> _told = [];

    /// <summary>Whose locks are held.</summary>
    public required IReadOnlyList<int> Tenants { get; init; }

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
internal sealed record ToldSink
{
    /// <summary>0: planned in this very transaction.</summary>
    public long DeliveryId { get; init; }

    /// <summary>About which.</summary>
    public required long IncidentId { get; init; }

    /// <summary>Who is told.</summary>
    public required int SinkId { get; init; }

    /// <summary>By which rule.</summary>
    public int? RuleId { get; init; }

    /// <summary>Names it among the sink's.</summary>
    public required string OnceKey { get; init; }

    /// <summary>What the sink knows it by.</summary>
    public string? DedupKey { get; init; }

    /// <summary>No runner has had it in its hands.</summary>
    public required bool IsUntouched { get; init; }

    /// <summary>It is untouched and waits for its time: the end of quiet hours, a step of the ladder.</summary>
    public required bool IsUnheard { get; init; }
}
