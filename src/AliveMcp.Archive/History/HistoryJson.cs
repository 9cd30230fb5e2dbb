using System.Globalization;
using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>How history is spelled in the API: snake_case, states and reasons by their public words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DaysAnswer))]
[JsonSerializable(typeof(UptimeAnswer))]
[JsonSerializable(typeof(ChangesAnswer))]
[JsonSerializable(typeof(LatencyAnswer))]
internal sealed partial class HistoryJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /servers/{slug}/days</c>, the oldest first.</summary>
internal sealed record DaysAnswer(string Slug, string Formula, IReadOnlyList<DayLine> Days, string? Next);

/// <summary>One UTC day, in minutes.</summary>
internal sealed record DayLine(
    string Day,
    string? Shown,
    decimal? UptimePct,
    decimal? CoveragePct,
    int LiveMinutes,
    int DegradedMinutes,
    int DownMinutes,
    int UnknownMinutes,
    int MaintenanceMinutes
)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "day",
        "shown",
        "uptime_pct",
        "coverage_pct",
        "live_minutes",
        "degraded_minutes",
        "down_minutes",
        "unknown_minutes",
        "maintenance_minutes",
    ];

    public static DayLine Of(DayBar bar) =>
        new(
            DayEndpoints.Text(bar.Day),
            bar.Shown is { } shown ? StateWords.Word(shown) : null,
            bar.Uptime,
            bar.Coverage,
            bar.LiveMinutes,
            bar.DegradedMinutes,
            bar.DownMinutes,
            bar.UnknownMinutes,
            bar.MaintenanceMinutes
        );

    [JsonIgnore]
    public object?[] Cells =>
        [
            Day,
            Shown,
            UptimePct,
            CoveragePct,
            LiveMinutes,
            DegradedMinutes,
            DownMinutes,
            UnknownMinutes,
            MaintenanceMinutes,
        ];
}

/// <summary>Answer of <c>GET /servers/{slug}/uptime</c>.</summary>
internal sealed record UptimeAnswer(
    string Slug,
    string From,
    string To,
    decimal? UptimePct,
    decimal? CoveragePct,
    int LiveMinutes,
    int DegradedMinutes,
    int DownMinutes,
    int UnknownMinutes,
    int MaintenanceMinutes,
    string Formula
)
{
    public static UptimeAnswer Of(string slug, UptimeFigures figures) =>
        new(
            slug,
            figures.Window.From.ToString(),
            figures.Window.To.ToString(),
            figures.Uptime,
            figures.Coverage,
            figures.LiveMinutes,
            figures.DegradedMinutes,
            figures.DownMinutes,
            figures.UnknownMinutes,
            figures.MaintenanceMinutes,
            UptimeFigures.Formula
        );
}

/// <summary>Answer of <c>GET /servers/{slug}/changes</c>, the newest first.</summary>
internal sealed record ChangesAnswer(string Slug, string From, string To, IReadOnlyList<ChangeLine> Changes);

/// <summary>One run of a state.</summary>
internal sealed record ChangeLine(
    string State,
    string? FailureReason,
    string? FailureLayer,
    string From,
    string? To,
    int Minutes,
    int MaintenanceMinutes,
    bool MayHaveBegunBefore
)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "state",
        "failure_reason",
        "failure_layer",
        "from",
        "to",
        "minutes",
        "maintenance_minutes",
        "may_have_begun_before",
    ];

    public static ChangeLine Of(StateRun run) =>
        new(
            StateWords.Word(run.State),
            WhyWords.Word(run.Why),
            WhyWords.Layer(run.Why, run.FailedAt),
            run.From.ToString(),
            run.To?.ToString(),
            run.Minutes,
            run.MaintenanceMinutes,
            run.MayHaveBegunBefore
        );

    [JsonIgnore]
    public object?[] Cells =>
        [State, FailureReason, FailureLayer, From, To, Minutes, MaintenanceMinutes, MayHaveBegunBefore];
}

/// <summary>Answer of <c>GET /servers/{slug}/latency</c>, the oldest first; <c>step</c> is <c>hour</c> or <c>day</c>.</summary>
internal sealed record LatencyAnswer(string Slug, string Step, IReadOnlyList<LatencyLine> Points);

/// <summary>One hour or day.</summary>
internal sealed record LatencyLine(
    string From,
    int? P50Ms,
    int? P95Ms,
    int? P99Ms,
    int Tries,
    int FailedTries,
    IReadOnlyList<RegionLatencyLine> Regions
)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "from",
        "p50_ms",
        "p95_ms",
        "p99_ms",
        "tries",
        "failed_tries",
    ];

    public static LatencyLine Of(LatencyPoint point) =>
        new(
            point.From.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture),
            point.P50Ms,
            point.P95Ms,
            point.P99Ms,
            point.Tries,
            point.FailedTries,
            [
                .. point.Regions.Select(region => new RegionLatencyLine(
                    region.Region.Name,
                    region.Looks,
                    region.Mean is null ? null : PhaseLine.Of(region.Mean)
                )),
            ]
        );

    [JsonIgnore]
    public object?[] Cells => [From, P50Ms, P95Ms, P99Ms, Tries, FailedTries];
}

/// <summary>The mean phases of one region's looks.</summary>
internal sealed record RegionLatencyLine(string Region, int Looks, PhaseLine? MeanMs);
