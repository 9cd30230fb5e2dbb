using System.Text.Json;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Steps;

/// <summary>
/// Looks for the way in that a bare 401 does not name: RFC 9728 metadata at its well-known places.
/// Usable means: an authorization server is named, and the resource is the URL we were given (section 3.3).
/// </summary>
internal static class ProtectedResource
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    public static async ValueTask<bool> IsDescribedAsync(Courier courier)
    {
        var path = courier.Target.AbsolutePath.TrimEnd('/');
        return await IsUsableAsync(courier, WellKnown + path)
            || (path.Length > 0 && await IsUsableAsync(courier, WellKnown));
    }

    private static async ValueTask<bool> IsUsableAsync(Courier courier, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(courier.Target, path));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        var reply = await courier.Wire.SendAsync(request, courier.Wire.Deadline.Token);
        if (reply.Response is not { } response)
        {
            return false;
        }

        using (response)
        {
            using var body = await AnswerReader.ReadRefusalAsync(courier.Wire, response);
            return response.IsSuccessStatusCode && Describes(body.Written, courier.Target, courier.Limits.JsonDepth);
        }
    }

    private static bool Describes(ReadOnlyMemory<byte> text, Uri resource, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = depth });
            var named = Json.Text(document.RootElement, "resource");
            return Json.Texts(document.RootElement, "authorization_servers").Count > 0
                && Uri.TryCreate(named, UriKind.Absolute, out var url)
                && Redirects.IsSameOrigin(url, resource)
                && string.Equals(
                    url.AbsolutePath.TrimEnd('/'),
                    resource.AbsolutePath.TrimEnd('/'),
                    StringComparison.Ordinal
                );
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
