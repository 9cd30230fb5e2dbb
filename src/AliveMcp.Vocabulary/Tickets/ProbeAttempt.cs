using System.Text.Json.Serialization;

namespace AliveMcp.Vocabulary.Tickets;

/// <summary>What one try said, as it travels to the desk.</summary>
public sealed record ProbeAttempt
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ServerState State { get; init; }

    /// <summary>Why it is not live; <see cref="Vocabulary.Why.None"/> when it is.</summary>
    public Why Why { get; init; }

    /// <summary>The first step that failed; null when none did.</summary>
    public ProbeStep? FailedAt { get; init; }

    /// <summary>A sentence with expected beside actual, at most 300 characters, safe to print. Strangers' words in it are escaped.</summary>
    public string? Detail { get; init; }

    public Access Access { get; init; }

    public VerifiedTo VerifiedTo { get; init; }

    public PhaseTimes Phases
    {
        get;
        init => field = value ?? field;
    } = new();

    /// <summary>The HTTP status of the answer that decided; null when none came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>From the receipt of the ticket to the start of this try.</summary>
    public TimeSpan StartedAfter { get; init; }
}
