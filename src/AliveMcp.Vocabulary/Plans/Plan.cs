namespace AliveMcp.Vocabulary.Plans;

/// <summary>What a tenant's plan allows. The figures live in <c>deploy/plans.yaml</c> and nowhere else.</summary>
public sealed record Plan
{
    /// <summary>Stable word: <c>public</c>, <c>author</c>, <c>team</c>, <c>enterprise</c>, <c>self_hosted</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Servers of its own; null is unlimited.</summary>
    public int? Servers { get; init; }

    /// <summary>People in it, open invitations included; null is unlimited.</summary>
    public int? Members { get; init; }

    /// <summary>API keys that are good at a time; null is unlimited.</summary>
    public int? ApiKeys { get; init; }

    /// <summary>Places that alerts go to; null is unlimited.</summary>
    public int? Sinks { get; init; }

    /// <summary>Whether alerts go out by mail alone.</summary>
    public bool EmailSinksOnly { get; init; }

    /// <summary>Messages an hour before they become a digest; null is unlimited.</summary>
    public int? AlertsPerHour { get; init; }

    /// <summary>Whether private and credentialed servers are allowed.</summary>
    public bool PrivateServers { get; init; }

    /// <summary>Shortest cadence, minutes.</summary>
    public required int CadenceFloor { get; init; }

    /// <summary>Regions per server; null is all.</summary>
    public int? Regions { get; init; }

    /// <summary>How long minutes are kept.</summary>
    public required RetentionClass MinuteHistory { get; init; }

    /// <summary>How long days are kept, in days.</summary>
    public required int DayHistory { get; init; }
}
