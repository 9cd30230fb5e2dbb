using System.Text.Json;

namespace AliveMcp.Alerting.Sinks;

/// <summary>How an address shows that messages are wanted there: it says a challenge back. Pure.</summary>
internal static class ChallengeEcho
{
    /// <summary>As the whole body, or as the member <c>challenge</c> of an object.</summary>
    public static bool IsSaidBack(string body, string code) =>
        body.Trim() == code || MemberOf(body, "challenge") == code;

    /// <summary>A text of an object; null: the body has none of this name.</summary>
    public static string? MemberOf(string body, string name)
    {
        using var json = SinkReply.Read(body);
        return
            json?.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty(name, out var member)
            && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
    }
}
