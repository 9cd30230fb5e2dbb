using System.Net;
using System.Text.Json;
using AliveMcp.Egress;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>JSON from providers, through the guard, within limits.</summary>
internal sealed class ProviderHttp(SafeHttp http)
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>An object whose names stand there twice means two things to two readers.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <exception cref="ProviderFaultException">Not 200, or not JSON of the kind that was asked for.</exception>
    public async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "AliveMCP");
        var what = request.RequestUri!.GetLeftPart(UriPartial.Path);
        try
        {
            var answer = await http.SendAsync(request, MostBytes, Patience, cancellationToken);
            if (answer.Status != HttpStatusCode.OK)
            {
                throw new ProviderFaultException($"{what} answered {(int)answer.Status}{ErrorOf(answer.Body)}.");
            }

            using var document = JsonDocument.Parse(answer.Body, Strict);
            return document.RootElement.Clone();
        }
        catch (HttpRequestException fault)
        {
            throw new ProviderFaultException($"{what} could not be asked: {fault.Message}", fault);
        }
        catch (JsonException fault)
        {
            throw new ProviderFaultException($"{what} did not answer JSON.", fault);
        }
    }

    public Task<JsonElement> GetAsync(Uri uri, CancellationToken cancellationToken) =>
        SendAndDisposeAsync(new HttpRequestMessage(HttpMethod.Get, uri), cancellationToken);

    private async Task<JsonElement> SendAndDisposeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            return await SendAsync(request, cancellationToken);
        }
    }

    /// <summary>The provider's word for what went wrong (RFC 6749, 5.2), when it is one.</summary>
    private static string ErrorOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out var error)
                && error.GetString() is { Length: <= 60 } word
                && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')
                ? $" ({word})"
                : "";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
