using System.Text.Json.Serialization;

namespace AliveMcp.Vocabulary.Tickets;

/// <summary>One step of a live look that is over. Everything textual in it is safe to print.</summary>
public sealed record LookStep
{
    /// <summary>Most steps of one look.</summary>
    public const int Most = 64;

    /// <summary>From 1, in the order in which they ended.</summary>
    public required int Number { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ProbeStep Step { get; init; }

    /// <summary>Microseconds.</summary>
    public int Took { get; init; }

    /// <summary>The HTTP status of its last answer; null when none came, or none was asked for.</summary>
    public int? Status { get; init; }

    /// <summary>Bytes of bodies received; null where there are none.</summary>
    public long? Bytes { get; init; }

    /// <summary>Why no answer came, at most 200 characters; null when one did.</summary>
    public string? Fault { get; init; }
}
