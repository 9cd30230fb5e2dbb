using System.Text.Json;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Messages as rows hold them.</summary>
internal static class MessageText
{
    public static string Write(AlertMessage message) => JsonSerializer.Serialize(message, AlertJson.Options);

    /// <summary>Null: it is none.</summary>
    public static AlertMessage? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AlertMessage>(json, AlertJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
