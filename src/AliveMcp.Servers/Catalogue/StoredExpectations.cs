using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Catalogue;

/// <summary>Test calls and health URL as they stand in the table. One value has one text, so that texts can be compared instead of values.</summary>
internal static class StoredExpectations
{
    private static readonly StoredJson Json = new(
        new JsonSerializerOptions(StoredJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    public static string Write(IReadOnlyList<TestCall> calls) =>
        JsonSerializer.Serialize(calls, Json.IReadOnlyListTestCall);

    public static string? Write(HealthSetting? health) =>
        health is null
            ? null
            : JsonSerializer.Serialize(
                new StoredHealth(
                    health.Check.Url.OriginalString,
                    health.Every,
                    health.Check.Status,
                    health.Check.Contains
                ),
                Json.StoredHealth
            );

    public static IReadOnlyList<TestCall> ReadCalls(string text) =>
        JsonSerializer.Deserialize(text, Json.IReadOnlyListTestCall) ?? [];

    public static HealthSetting? ReadHealth(string? text) =>
        text is not null && JsonSerializer.Deserialize(text, Json.StoredHealth) is { } stored
            ? new HealthSetting(
                new HealthCheck
                {
                    Url = new Uri(stored.Url),
                    Status = stored.Status,
                    Contains = stored.Contains,
                },
                stored.Every
            )
            : null;
}

/// <summary>A health URL's row.</summary>
internal sealed record StoredHealth(string Url, int Every, int? Status, string? Contains);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(DurationConverter)]
)]
[JsonSerializable(typeof(IReadOnlyList<TestCall>))]
[JsonSerializable(typeof(StoredHealth))]
internal sealed partial class StoredJson : JsonSerializerContext;
