using System.Text.Json.Serialization;
using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Embed;

/// <summary>
/// The stable public answer of <c>/api/embed-status/{slug}</c>; its JSON Schema is published at <c>/schemas/embed-status.json</c>.
/// Nothing in it changes within a minute, so that its ETag does not either.
/// </summary>
internal sealed record EmbedStatus
{
    public required string Slug { get; init; }

    /// <summary><c>live</c>, <c>degraded</c>, <c>down</c> or <c>unknown</c>.</summary>
    public required string State { get; init; }

    /// <summary>The same word as <see cref="State"/>, for those who look for it by this name.</summary>
    public string Status => State;

    /// <summary>Percent, 0 to 100, rounded down to two decimals; null without a counted minute.</summary>
    [JsonPropertyName("uptime_30d")]
    public required decimal? Uptime30d { get; init; }

    /// <inheritdoc cref="Uptime30d"/>
    [JsonPropertyName("uptime_24h_pct")]
    public required decimal? Uptime24h { get; init; }

    /// <summary>Milliseconds, the 95th percentile of first tries in the last 24 h; null without one.</summary>
    public required int? P95Ms { get; init; }

    /// <summary>The same number as <see cref="P95Ms"/>.</summary>
    [JsonPropertyName("p95_latency_ms_24h")]
    public int? P95LatencyMs24h => P95Ms;

    /// <summary>The start of the last sealed minute; null before the first.</summary>
    public required DateTimeOffset? LastProbeAt { get; init; }

    [JsonPropertyName("schema_drift_in_last_24h")]
    public required bool SchemaDriftInLast24h { get; init; }

    public required string StatusPageUrl { get; init; }

    public static EmbedStatus Of(ListedServer server, ServerStatus status, string? origin) =>
        new()
        {
            Slug = server.PublicSlug,
            State = StateWords.Word(status.State),
            Uptime30d = status.Uptime30d,
            Uptime24h = status.Uptime24h,
            P95Ms = status.P95Ms,
            LastProbeAt = status.LastMinute?.Start,
            SchemaDriftInLast24h = status.DriftInLast24h,
            StatusPageUrl = $"{origin}/status/{server.PublicSlug}",
        };
}

/// <summary>Why there is no status to give (RFC 9457).</summary>
internal sealed record EmbedProblem(string Title, int Status, string Code, string Detail);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Default
)]
[JsonSerializable(typeof(EmbedStatus))]
[JsonSerializable(typeof(EmbedProblem))]
internal sealed partial class EmbedJson : JsonSerializerContext;
