using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Servers.Alerts;

/// <summary>Alert settings as they stand in the table. One value has one text, so that texts can be compared instead of values.</summary>
internal static class StoredAlerts
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    private static readonly string Nothing = JsonSerializer.Serialize(AlertSettings.Usual, Json);

    /// <summary>Null when nothing was chosen.</summary>
    public static string? Write(AlertSettings settings)
    {
        var text = JsonSerializer.Serialize(
            settings with
            {
                Severity = new SortedDictionary<string, int>(
                    settings.Severity.ToDictionary(StringComparer.Ordinal),
                    StringComparer.Ordinal
                ),
                Off = [.. settings.Off.Order(StringComparer.Ordinal)],
                On = [.. settings.On.Order(StringComparer.Ordinal)],
            },
            Json
        );
        return text == Nothing ? null : text;
    }

    public static AlertSettings Read(string? text) =>
        text is null
            ? AlertSettings.Usual
            : JsonSerializer.Deserialize<AlertSettings>(text, Json) ?? AlertSettings.Usual;
}
