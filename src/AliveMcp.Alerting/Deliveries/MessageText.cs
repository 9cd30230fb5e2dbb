using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Messages as rows hold them.</summary>
internal static class MessageText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(AlertMessage message) => JsonSerializer.Serialize(message, Json);

    /// <summary>Null: it is none.</summary>
    public static AlertMessage? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AlertMessage>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
