namespace AliveMcp.Alerting.Incidents;

/// <summary>An incident as everybody may hear of it: what, from when to when, where it stands. No names of people, no reasons of ours.</summary>
public sealed record ToldIncident
{
    public required IncidentId Id { get; init; }

    /// <summary>Word of the kind, for example <c>outage</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>For people, for example Outage.</summary>
    public required string Title { get; init; }

    /// <summary>Our own words, with the server's name in it: data, never markup.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it was seen first: the cities or regions that failed; empty when nobody said.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Start of the first bad minute.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null: it lasts.</summary>
    public required DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Its server comes and goes.</summary>
    public required bool IsFlapping { get; init; }

    /// <summary>The people who own the server said that they know; null: they did not.</summary>
    public required DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Why the owner leaves it out of what is promised: data; null: it counts.</summary>
    public required string? ExcludedReason { get; init; }

    /// <summary>What the owner said to everybody, the oldest first.</summary>
    public required IReadOnlyList<ToldUpdate> Updates { get; init; }
}

/// <summary>What the owner of a server said of an incident.</summary>
/// <param name="At">When.</param>
/// <param name="Text">Data, never markup.</param>
public sealed record ToldUpdate(DateTimeOffset At, string Text);
