namespace AliveMcp.Alerting.Messages;

/// <summary>
/// What a sink is given: everything that may leave the house about one event, and nothing else. Stored as the alert's record; the generic
/// webhook's body is this, in snake_case. Names and texts of strangers are in it as data: each sink escapes them in its own way.
/// </summary>
internal sealed record AlertMessage
{
    /// <summary>Version of the body.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Of this event; the same in every retry: <c>evt_</c> and a number.</summary>
    public required string Id { get; init; }

    /// <summary>See <see cref="AlertWords"/>.</summary>
    public required string Type { get; init; }

    /// <summary>See <see cref="AlertWords"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The same for everything that is told of one incident.</summary>
    public required string DedupKey { get; init; }

    /// <summary>Slug of the tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Null: not about one server.</summary>
    public MessageServer? Server { get; init; }

    /// <summary><c>P1</c> to <c>P4</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>The server's state word, or of an incident without one: <c>open</c>, <c>resolved</c>, <c>unwatched</c>.</summary>
    public required string State { get; init; }

    public string? FailureReason { get; init; }

    public string? FailureLayer { get; init; }

    public IReadOnlyList<MessageRegion> Regions { get; init; } = [];

    /// <summary>Start of the first bad minute.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Of a resolved incident.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>How many looks the decision rests on.</summary>
    public int ProbeCount { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>A few sentences; may be empty.</summary>
    public string Details { get; init; } = "";

    public Uri? RunbookUrl { get; init; }

    public Uri? StatusUrl { get; init; }

    /// <summary>Who looks after it, when this tells that somebody does; null: it does not. Not part of the webhook's body.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>The incident, for its own page; null for one-shot alerts.</summary>
    public long? Incident { get; init; }
}

/// <summary>The server that a message is about.</summary>
/// <param name="Slug">Its alias in its tenant.</param>
/// <param name="Name">As its owner wrote it: data.</param>
/// <param name="Url">Without query and user: data.</param>
internal sealed record MessageServer(string Slug, string Name, string Url);

/// <summary>What one region said.</summary>
/// <param name="Region">For example <c>us-east</c>.</param>
/// <param name="City">For example New York; null when the configuration names none.</param>
/// <param name="State">State word.</param>
internal sealed record MessageRegion(string Region, string? City, string State);
