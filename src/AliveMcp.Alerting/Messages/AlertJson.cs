using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Alerting.Messages;

/// <summary>How an <see cref="AlertMessage"/> is spelled, stored and sent alike: snake_case, and what is not known is left out.</summary>
internal static class AlertJson
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };

    /// <summary>As rows hold it.</summary>
    public static string Write(AlertMessage message) => JsonSerializer.Serialize(message, Options);

    /// <returns>Null: it is no message.</returns>
    public static AlertMessage? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AlertMessage>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
