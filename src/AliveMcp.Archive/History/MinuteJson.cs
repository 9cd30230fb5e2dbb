using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Archive.History;

/// <summary>How minutes are spelled in the API: snake_case, states and reasons by their public words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MinutesAnswer))]
[JsonSerializable(typeof(ExplainAnswer))]
internal sealed partial class MinuteJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /servers/{slug}/minutes</c>, the newest first.</summary>
internal sealed record MinutesAnswer(string Slug, IReadOnlyList<MinuteLine> Minutes)
{
    /// <summary>The <c>to</c> of the older page; null on the last one.</summary>
    public string? Next { get; init; }
}

/// <summary>One minute of a list.</summary>
internal sealed record MinuteLine(
    string Minute,
    string State,
    string? FailureReason,
    int Weight,
    bool Maintenance,
    int? LatencyMs,
    string? FailureLayer
)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "minute",
        "state",
        "failure_reason",
        "weight",
        "maintenance",
        "latency_ms",
        "failure_layer",
    ];

    public static MinuteLine Of(MinuteRow row) =>
        new(
            row.Minute.ToString(),
            StateWords.Word(row.State),
            WhyWords.Word(row.Why),
            row.Weight,
            row.Maintenance,
            row.LatencyMs,
            WhyWords.Layer(row.Why, row.FailedAt)
        );

    [JsonIgnore]
    public object?[] Cells => [Minute, State, FailureReason, Weight, Maintenance, LatencyMs, FailureLayer];
}

/// <summary>Answer of <c>GET /servers/{slug}/minutes/{minute}/explain</c>.</summary>
internal sealed record ExplainAnswer(
    string Slug,
    string Minute,
    bool Sealed,
    string Archived,
    string? State,
    string? FailureReason,
    IReadOnlyList<EntryLine> Entries,
    IReadOnlyList<string> Lines
)
{
    public static ExplainAnswer Of(string slug, ExplainedMinute minute) =>
        new(
            slug,
            minute.Minute.ToString(),
            minute.Sealed,
            minute.Archived,
            minute.State is { } state ? StateWords.Word(state) : null,
            WhyWords.Word(minute.Why),
            [.. minute.Verdict?.Entries.Select(EntryLine.Of) ?? []],
            minute.Lines
        );
}

/// <summary>What one region said; times in milliseconds.</summary>
internal sealed record EntryLine(
    string Region,
    string State,
    string? FailureReason,
    string? FailureLayer,
    string? Access,
    string? VerifiedTo,
    int Tries,
    bool RecoveredOnRetry,
    PhaseLine? PhasesMs
)
{
    public static EntryLine Of(RegionEntry entry) =>
        new(
            entry.Region.Name,
            StateWords.Word(entry.State),
            WhyWords.Word(entry.Why),
            WhyWords.Layer(entry.Why, entry.FailedAt),
            AccessWords.Word(entry.Access),
            AccessWords.Word(entry.VerifiedTo),
            entry.Tries,
            entry.RecoveredOnRetry,
            entry.Phases is null ? null : PhaseLine.Of(entry.Phases)
        );
}

/// <summary>Phase times in milliseconds, one decimal.</summary>
internal sealed record PhaseLine(
    double Resolve,
    double Connect,
    double Tls,
    double Handshake,
    double Tools,
    double TestCall,
    double Total
)
{
    public static PhaseLine Of(PhaseTimes phases) =>
        new(
            Ms(phases.Resolve),
            Ms(phases.Connect),
            Ms(phases.Tls),
            Ms(phases.Handshake),
            Ms(phases.Tools),
            Ms(phases.TestCall),
            Ms(phases.Total)
        );

    private static double Ms(int micros) => Math.Round(micros / 1000.0, 1);
}
