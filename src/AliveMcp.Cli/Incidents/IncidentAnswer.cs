using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Incidents;

/// <summary>An incident as the install tells it.</summary>
internal sealed record IncidentLine(
    long Id,
    string Kind,
    string Severity,
    string State,
    string Summary,
    DateTimeOffset StartedAt
)
{
    public string? Server { get; init; }

    public string? FailureReason { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? ExcludedReason { get; init; }
}

/// <summary>What was said of it.</summary>
internal sealed record UpdateLine(DateTimeOffset At, string Kind, string Text, string? Author);

/// <summary>One with everything that was said.</summary>
internal sealed record IncidentAnswer(IncidentLine Incident, IReadOnlyList<UpdateLine> Updates);

/// <summary>A page of them, the newest first.</summary>
internal sealed record IncidentPage(IReadOnlyList<IncidentLine> Incidents, string? Next);

/// <summary>Words for everybody.</summary>
internal sealed record SaidWords(string Text);

/// <summary>How they are spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IncidentPage))]
[JsonSerializable(typeof(IncidentAnswer))]
[JsonSerializable(typeof(SaidWords))]
internal sealed partial class IncidentJson : JsonSerializerContext;
