using System.Text;
using AliveMcp.Probing.Judging;

namespace AliveMcp.Probing.Transports;

/// <summary>What an answer that is no JSON-RPC result gives away about who sent it and why.</summary>
internal sealed record HttpSigns
{
    // What a wall or a session table has to say stands at the start of its page.
    private const int Glance = 16 * 1024;

    /// <summary>The <c>WWW-Authenticate</c> headers, joined; null when there are none.</summary>
    public string? Challenge { get; init; }

    /// <summary>Where a redirect leads, without its query: that may carry what is not ours to keep.</summary>
    public string? Location { get; init; }

    /// <summary>The bot wall that signed it.</summary>
    public string? Wall { get; init; }

    /// <summary><c>Retry-After</c> as it was sent; null when it was not.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The body speaks of a session.</summary>
    public bool SpeaksOfSession { get; init; }

    public static HttpSigns Read(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Length > Glance ? body[..Glance] : body);
        return new HttpSigns
        {
            Challenge = Header(response, "WWW-Authenticate"),
            Location = Header(response, "Location")?.Split('?', 2)[0],
            Wall = WallSigns.Find(name => Header(response, name), text),
            RetryAfter = Header(response, "Retry-After"),
            SpeaksOfSession = text.Contains("session", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
