using System.Text.Json.Serialization;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Status;

/// <summary>How status is spelled in the API: snake_case, states and reasons by their public words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(StatusesAnswer))]
internal sealed partial class StatusJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /servers/{slug}/status</c>.</summary>
internal sealed record StatusAnswer
{
    public required string Slug { get; init; }

    /// <summary><c>live</c>, <c>degraded</c>, <c>down</c> or <c>unknown</c>.</summary>
    public required string State { get; init; }

    public required string? FailureReason { get; init; }

    public required string? FailureLayer { get; init; }

    /// <summary>How the door answers a stranger.</summary>
    public required string? Access { get; init; }

    /// <summary>How deep the deepest region saw.</summary>
    public required string? VerifiedTo { get; init; }

    /// <summary>Two planned minutes in a row say that some regions cannot reach it.</summary>
    public required bool Regional { get; init; }

    /// <summary>The state is the last known; newer minutes are unknown or missing.</summary>
    public required bool Held { get; init; }

    public required bool Maintenance { get; init; }

    /// <summary>The minute that the state comes from.</summary>
    public required string? Minute { get; init; }

    /// <summary>The first minute of the unbroken run of this state; null when it began more than a day ago.</summary>
    public required string? Since { get; init; }

    public required string? NotVerifiedSince { get; init; }

    /// <summary>Minutes between two looks.</summary>
    public required int Cadence { get; init; }

    /// <summary>Why it is looked at less often than its owner chose.</summary>
    public required string? Slowed { get; init; }

    /// <summary>The server asked us not to look before this.</summary>
    public required DateTimeOffset? BackoffUntil { get; init; }

    [JsonPropertyName("uptime_24h_pct")]
    public required decimal? Uptime24h { get; init; }

    [JsonPropertyName("uptime_30d_pct")]
    public required decimal? Uptime30d { get; init; }

    [JsonPropertyName("coverage_30d_pct")]
    public required decimal? Coverage30d { get; init; }

    [JsonPropertyName("p95_latency_ms_24h")]
    public required int? P95Ms { get; init; }

    [JsonPropertyName("schema_drift_in_last_24h")]
    public required bool DriftInLast24h { get; init; }

    public required IReadOnlyList<RegionLine> Regions { get; init; }

    public static StatusAnswer Of(string slug, ServerStatus status) =>
        new()
        {
            Slug = slug,
            State = StateWords.Word(status.State),
            FailureReason = WhyWords.Word(status.Why),
            FailureLayer = WhyWords.Layer(status.Why, status.FailedAt),
            Access = AccessWords.Word(status.Access),
            VerifiedTo = AccessWords.Word(status.VerifiedTo),
            Regional = status.Regional,
            Held = status.Held,
            Maintenance = status.Maintenance,
            Minute = status.Minute?.ToString(),
            Since = status.Since?.ToString(),
            NotVerifiedSince = status.NotVerifiedSince?.ToString(),
            Cadence = status.Cadence,
            Slowed = SlowedWords.Word(status.Slowed),
            BackoffUntil = status.BackoffUntil,
            Uptime24h = status.Uptime24h,
            Uptime30d = status.Uptime30d,
            Coverage30d = status.Coverage30d,
            P95Ms = status.P95Ms,
            DriftInLast24h = status.DriftInLast24h,
            Regions = [.. status.Regions.Select(RegionLine.Of)],
        };
}

/// <summary>What one region said in the minute of the status.</summary>
internal sealed record RegionLine(string Region, string State, string? FailureReason, int? LatencyMs)
{
    public static RegionLine Of(RegionStatus region) =>
        new(region.Region.Name, StateWords.Word(region.State), WhyWords.Word(region.Why), region.LatencyMs);
}

/// <summary>Answer of <c>GET /statuses</c>.</summary>
internal sealed record StatusesAnswer(IReadOnlyList<StatusLine> Servers, string? Next);

/// <summary>One server of the list.</summary>
internal sealed record StatusLine
{
    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required string State { get; init; }

    public required string? FailureReason { get; init; }

    public required string? Minute { get; init; }

    [JsonPropertyName("uptime_24h_pct")]
    public required decimal? Uptime24h { get; init; }

    [JsonPropertyName("uptime_30d_pct")]
    public required decimal? Uptime30d { get; init; }

    [JsonPropertyName("p95_latency_ms_24h")]
    public required int? P95Ms { get; init; }

    public static StatusLine Of(NamedServer server, ServerStatus status) =>
        new()
        {
            Slug = server.Slug,
            Name = SafeText.Of(server.Name),
            State = StateWords.Word(status.State),
            FailureReason = WhyWords.Word(status.Why),
            Minute = status.Minute?.ToString(),
            Uptime24h = status.Uptime24h,
            Uptime30d = status.Uptime30d,
            P95Ms = status.P95Ms,
        };
}
