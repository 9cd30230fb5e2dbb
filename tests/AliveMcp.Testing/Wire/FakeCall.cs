using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Testing.Wire;

/// <summary>One request to a fake server, with the ways it can be answered.</summary>
public sealed class FakeCall
{
    private readonly CancellationToken _stopping;

    internal FakeCall(HttpContext http, FakeMcpServer server, SeenRequest seen, CancellationToken stopping)
    {
        (Http, Server, Seen, _stopping) = (http, server, seen, stopping);
        Message = Parse(seen.Body);
    }

    public HttpContext Http { get; }

    public FakeMcpServer Server { get; }

    public SeenRequest Seen { get; }

    /// <summary>The JSON-RPC message; undefined when the body is none.</summary>
    public JsonElement Message { get; }

    /// <summary>The message's id as raw JSON; <c>null</c> for a notification.</summary>
    public string Id =>
        Message.ValueKind == JsonValueKind.Object && Message.TryGetProperty("id", out var id)
            ? id.GetRawText()
            : "null";

    public string? Cursor =>
        Message.TryGetProperty("params", out var parameters) && parameters.TryGetProperty("cursor", out var cursor)
            ? cursor.GetString()
            : null;

    /// <summary>Ends when the client leaves or the server stops.</summary>
    public CancellationToken Gone => _stopping;

    /// <summary>Answers with a result, framed as the specimen frames.</summary>
    public Task ResultAsync(string result) => MessageAsync($$"""{"jsonrpc":"2.0","id":{{Id}},"result":{{result}}}""");

    /// <summary>Answers with a JSON-RPC error.</summary>
    public Task ErrorAsync(int code, string message, int status = 200, string? data = null)
    {
        var tail = data is null ? "" : $",\"data\":{data}";
        return BodyAsync(
            status,
            "application/json",
            $$$"""{"jsonrpc":"2.0","id":{{{Id}}},"error":{"code":{{{code.ToString(CultureInfo.InvariantCulture)}}},"message":{{{JsonSerializer.Serialize(message)}}}{{{tail}}}}}"""
        );
    }

    /// <summary>Sends one JSON-RPC message as the answer, framed as the specimen frames.</summary>
    public async Task MessageAsync(string message)
    {
        if (Server.Specimen.IsLegacySse)
        {
            Server.StreamOf(Http.Request.Query["sessionId"].ToString())?.Publish(message);
            await BodyAsync(202, "text/plain", "Accepted");
            return;
        }

        if (Server.Specimen.Framing == Framing.Json)
        {
            await BodyAsync(200, "application/json", message);
            return;
        }

        await EventsAsync($"event: message\ndata: {message}\n\n");
        if (Server.Specimen.Framing == Framing.SseLeftOpen)
        {
            await HangAsync();
        }
    }

    /// <summary>Sends text as it is, as an event stream.</summary>
    public async Task EventsAsync(string text)
    {
        if (!Http.Response.HasStarted)
        {
            Http.Response.ContentType = "text/event-stream";
        }

        await Http.Response.WriteAsync(text, Gone);
        await Http.Response.Body.FlushAsync(Gone);
    }

    public async Task BodyAsync(int status, string? contentType, string body)
    {
        Http.Response.StatusCode = status;
        if (contentType is not null)
        {
            Http.Response.ContentType = contentType;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        if (status is not 204 and not 304)
        {
            Http.Response.ContentLength = bytes.Length;
            await Http.Response.Body.WriteAsync(bytes, Gone);
        }
    }

    public Task StatusAsync(int status) => BodyAsync(status, null, "");

    /// <summary>Says nothing more until the client leaves.</summary>
    public async Task HangAsync()
    {
        var gone = new TaskCompletionSource();
        await using var leaving = Gone.UnsafeRegister(
            static state => ((TaskCompletionSource)state!).TrySetResult(),
            gone
        );
        await gone.Task;
    }

    /// <summary>Cuts the connection by a reset.</summary>
    public Task ResetAsync()
    {
        Http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>What a healthy server of this kind would have answered.</summary>
    public Task BehaveAsync() => FakeManners.AnswerAsync(this);

    /// <summary>A mirrored header's value as it was meant (<c>=?base64?…?=</c> unwrapped).</summary>
    public static string? Decode(string? header) =>
        header is not null
        && header.StartsWith("=?base64?", StringComparison.Ordinal)
        && header.EndsWith("?=", StringComparison.Ordinal)
            ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(header["=?base64?".Length..^2]))
            : header;

    private static JsonElement Parse(string body)
    {
        if (body.Length == 0)
        {
            return default;
        }

        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
