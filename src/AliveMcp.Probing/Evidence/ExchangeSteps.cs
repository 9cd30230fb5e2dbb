using System.Text.Json;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Evidence;

/// <summary>Tells from a request of ours which step sent it, so that the steps need not say it along all the way.</summary>
internal static class ExchangeSteps
{
    public static ProbeStep Of(HttpRequestMessage request, string? body, ProbeOrder order)
    {
        if (request.Method == HttpMethod.Delete)
        {
            return ProbeStep.Goodbye;
        }

        if (request.Method == HttpMethod.Get)
        {
            return OfGet(request.RequestUri!, order);
        }

        if (request.Content?.Headers.ContentType?.MediaType is "application/x-www-form-urlencoded")
        {
            return ProbeStep.Token;
        }

        // With a credential at hand, whoever does not show it looks as a stranger does.
        return order.Credential is { } credential && !Shows(request, credential)
            ? ProbeStep.Gate
            : OfMethod(MethodIn(body));
    }

    private static ProbeStep OfGet(Uri url, ProbeOrder order) =>
        url.AbsolutePath.Contains("/.well-known/", StringComparison.Ordinal) ? ProbeStep.SignIn
        : url == order.Health?.Url ? ProbeStep.Health
        : ProbeStep.Initialize;

    private static ProbeStep OfMethod(string? method) =>
        method switch
        {
            "server/discover" => ProbeStep.Discover,
            "initialize" => ProbeStep.Initialize,
            "notifications/initialized" => ProbeStep.Initialized,
            "tools/list" => ProbeStep.ToolsList,
            "tools/call" => ProbeStep.TestCall,
            _ => ProbeStep.None,
        };

    private static bool Shows(HttpRequestMessage request, ProbeCredential credential) =>
        request.Headers.Contains(credential.HeaderName ?? "Authorization");

    private static string? MethodIn(string? body)
    {
        try
        {
            using var message = JsonDocument.Parse(body ?? "null");
            return
                message.RootElement.ValueKind == JsonValueKind.Object
                && message.RootElement.TryGetProperty("method", out var method)
                ? method.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
