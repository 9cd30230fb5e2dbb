using System.Text.Json;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Credentials;

/// <summary>One document of sign-in metadata, or what came in its place. Fetched without credential, cookie or redirect, and read within limits.</summary>
internal sealed record Metadata
{
    public required Uri Url { get; init; }

    /// <summary>The JSON object; undefined when none came.</summary>
    public JsonElement Root { get; init; }

    /// <summary>What came instead, in words that follow "got"; null when an object came.</summary>
    public string? Instead { get; init; }

    /// <summary>We could not ask: that says nothing about the server.</summary>
    public bool IsOurs { get; init; }

    public static async ValueTask<Metadata> FetchAsync(Wire wire, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        var reply = await wire.SendAsync(request, wire.Deadline.Token);
        if (reply.Response is not { } response)
        {
            return new Metadata
            {
                Url = url,
                Instead = reply.Detail ?? (reply.Fault == WireFault.Timeout ? "silence" : reply.Fault.ToString()),
                IsOurs = reply.Fault is WireFault.NoRoute or WireFault.Unfit,
            };
        }

        using (response)
        {
            using var body = await AnswerReader.ReadRefusalAsync(wire, response);
            return Read(url, response, body.Written, wire.Limits.JsonDepth);
        }
    }

    private static Metadata Read(Uri url, HttpResponseMessage response, ReadOnlyMemory<byte> body, int depth)
    {
        var status = (int)response.StatusCode;
        if (status != 200)
        {
            var to = HttpSigns.Read(response, []).Location;
            return new Metadata { Url = url, Instead = $"HTTP {status}{(to is null ? "" : $" to {to}")}" };
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = depth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new Metadata { Url = url, Root = document.RootElement.Clone() }
                : new Metadata { Url = url, Instead = "JSON that is no object" };
        }
        catch (JsonException)
        {
            return new Metadata
            {
                Url = url,
                Instead = $"{AnswerReader.MediaType(response) ?? "a body"} that is no JSON",
            };
        }
    }
}
