namespace AliveMcp.Vocabulary.Tickets;

/// <summary>All that a probe needs to know, and nothing about whose server it is.</summary>
public sealed record ProbeOrder
{
    /// <summary>Absolute http or https URL of the endpoint.</summary>
    public required Uri Url { get; init; }

    /// <summary>The remembered era; <see cref="Era.Auto"/> finds out.</summary>
    public Era Era { get; init; }

    /// <summary>The owner's choice or what was remembered; <see cref="McpTransport.Auto"/> finds out.</summary>
    public McpTransport Transport { get; init; }

    public ProbeLimits Limits
    {
        get;
        init => field = value ?? field;
    } = new();

    public Expectations Expectations
    {
        get;
        init => field = value ?? field;
    } = new();

    /// <summary>The full hash (<c>sha256:…</c>) of the list that the desk holds already; a different list is sent to the desk before the result.</summary>
    public string? KnownContract { get; init; }

    /// <summary>True when the server's baseline had tools: an empty list is then <c>tools_empty</c>.</summary>
    public bool HadTools { get; init; }

    /// <summary>What to show at the door; null looks as a stranger does.</summary>
    public ProbeCredential? Credential { get; init; }

    /// <summary>With a credential: first look at the door as a stranger, and follow what it says to the sign-in metadata. Hourly, not every minute.</summary>
    public bool LooksAtGate { get; init; }

    /// <summary>Whether the other era is tried as well. Hourly, not every minute.</summary>
    public OtherLeg OtherLeg { get; init; }

    /// <summary>The owner's health URL; null when there is none, or it is not its turn.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>First ask the origin whether it wants to be watched; when it does not, nothing else is asked of it. For unclaimed listings alone, once an hour.</summary>
    public bool AsksOwner { get; init; }
}
