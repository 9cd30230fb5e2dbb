using System.Text.Json.Serialization;
using AliveMcp.Alerting.Messages;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Incidents;

/// <summary>How incidents are spelled in the API: snake_case, states and reasons by their public words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IncidentPage))]
[JsonSerializable(typeof(IncidentAnswer))]
[JsonSerializable(typeof(ToldPage))]
internal sealed partial class IncidentJson : JsonSerializerContext;

/// <summary>A page of incidents, the newest first.</summary>
/// <param name="Incidents">The page.</param>
/// <param name="Next">The before of the older page; null on the last one.</param>
internal sealed record IncidentPage(IReadOnlyList<IncidentLine> Incidents, string? Next);

/// <summary>One incident with everything that was said.</summary>
/// <param name="Incident">What it is.</param>
/// <param name="Updates">What was said, the oldest first.</param>
/// <param name="Regions">Cities, or regions, in which it was not live when it was confirmed; empty: none, or not known.</param>
public sealed record IncidentAnswer(
    IncidentLine Incident,
    IReadOnlyList<UpdateLine> Updates,
    IReadOnlyList<string> Regions
);

/// <summary>One incident of an own server.</summary>
public sealed record IncidentLine
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Slug of the server; null when it is gone.</summary>
    public string? Server { get; init; }

    /// <summary>The owner's words: data, never markup.</summary>
    public string? ServerName { get; init; }

    /// <summary>For example <c>outage</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>P1</c> to <c>P4</c>.</summary>
    public required string Severity { get; init; }

    /// <summary><c>open</c>, <c>flapping</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    /// <summary>Machine word, for example <c>connection_refused</c>; null: none fits.</summary>
    public string? FailureReason { get; init; }

    /// <summary>Path of the page that says what to look at, on this install.</summary>
    public required string Runbook { get; init; }

    /// <summary>One line; data, never markup.</summary>
    public required string Summary { get; init; }

    /// <summary>Start of the first bad minute.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was confirmed.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was over; null: it lasts.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>From its start to its end; null while it lasts.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>When somebody said that it is looked after; null: nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>What who said so is called.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Why it is left out of what is promised; null: it counts.</summary>
    public string? ExcludedReason { get; init; }

    internal static IncidentLine Of(Incident incident, NamedServer? server) =>
        new()
        {
            Id = incident.IncidentId,
            Server = server?.Slug,
            ServerName = server?.Name,
            Kind = incident.Kind.Word(),
            Severity = incident.Severity.ToString(),
            State = incident.State,
            FailureReason = incident.Why == Why.None ? null : WhyWords.Word(incident.Why),
            Runbook = Runbooks.Path + Runbooks.PageOf(incident.Kind, incident.Why),
            Summary = incident.Summary,
            StartedAt = incident.StartedAt,
            OpenedAt = incident.OpenedAt,
            ResolvedAt = incident.ResolvedAt,
            DurationSeconds = (long?)(incident.ResolvedAt - incident.StartedAt)?.TotalSeconds,
            AcknowledgedAt = incident.AcknowledgedAt,
            AcknowledgedBy = incident.AcknowledgedBy,
            ExcludedReason = incident.ExcludedReason,
        };
}

/// <summary>What was said of an incident.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">For example <c>said</c>.</param>
/// <param name="Text">Data, never markup.</param>
/// <param name="Author">Null: ourselves.</param>
public sealed record UpdateLine(DateTimeOffset At, string Kind, string Text, string? Author)
{
    internal static UpdateLine Of(IncidentUpdate update) => new(update.At, update.Kind, update.Text, update.Author);
}

/// <summary>Incidents of one server as everybody may hear of them, the newest first.</summary>
internal sealed record ToldPage(string Slug, IReadOnlyList<ToldIncident> Incidents);
