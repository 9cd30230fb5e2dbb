using System.Buffers.Text;
using System.Text.Json;

namespace AliveMcp.Vocabulary.Tickets;

/// <summary>
/// The times that a JSON Web Token says of itself (RFC 7519, section 4.1). Read, never verified: it is the owner's own token,
/// and nothing but a reminder hangs on it.
/// </summary>
/// <param name="Begins">When it was given out; null: it does not say.</param>
/// <param name="Ends">When it ends.</param>
public sealed record JwtTimes(DateTimeOffset? Begins, DateTimeOffset Ends)
{
    private const int LongestToken = 16 * 1024;
    private const int MostDepth = 16;

    // The first second of 2000 and of 9999: what lies outside is no date that anyone meant.
    private const double Earliest = 946684800;
    private const double Latest = 253370764800;

    /// <summary>Null when the text is no token that says when it ends.</summary>
    public static JwtTimes? Of(string text)
    {
        if (text.Length > LongestToken || text.Split('.') is not [_, var payload, _])
        {
            return null;
        }

        if (!Base64Url.IsValid(payload))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(payload);

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MostDepth };
            using var document = JsonDocument.Parse(bytes, options);
            var root = document.RootElement;
            return Date(root, "exp") is { } ends ? new JwtTimes(Date(root, "iat") ?? Date(root, "nbf"), ends) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The latter two: names that are no text, half a surrogate for example.
            return null;
        }
    }

    private static DateTimeOffset? Date(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object
        && claims.TryGetProperty(name, out var claim)
        && claim.ValueKind == JsonValueKind.Number
        && claim.TryGetDouble(out var seconds)
        && seconds is >= Earliest and < Latest
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
