using System.Text.Json;
using System.Text.Json.Nodes;

namespace AliveMcp.Demo;

/// <summary>One JSON-RPC message from a client, and the ways to answer it.</summary>
/// <param name="Id">Null for a notification.</param>
internal sealed record Rpc(JsonNode? Id, string Method, JsonObject Params)
{
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;

    /// <summary>Reads the request's body; null when it is no JSON-RPC message.</summary>
    public static async Task<Rpc?> ReadAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return
                body is JsonObject message
                && message["method"] is JsonValue method
                && method.TryGetValue<string>(out var name)
                ? new Rpc(message["id"]?.DeepClone(), name, message["params"] as JsonObject ?? [])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public JsonObject Result(JsonObject result) =>
        new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = Id?.DeepClone(),
            ["result"] = result,
        };

    public static JsonObject Error(Rpc? request, int code, string message, JsonObject? data = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (data is not null)
        {
            error["data"] = data;
        }

        return new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = request?.Id?.DeepClone(),
            ["error"] = error,
        };
    }

    /// <summary>The tool of a <c>tools/call</c> does nothing but repeat its arguments.</summary>
    public JsonObject Echo() =>
        new()
        {
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = Params["arguments"]?.ToJsonString() ?? "{}" }
            ),
        };

    /// <summary>Answers with a message as one JSON body.</summary>
    public static async Task AnswerAsync(HttpContext context, int status, JsonObject message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(message.ToJsonString(), context.RequestAborted);
    }

    /// <summary>Answers with a message as the only event of a stream.</summary>
    public static async Task AnswerAsEventAsync(HttpContext context, JsonObject message)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        await WriteEventAsync(context, "message", message.ToJsonString());
    }

    public static async Task WriteEventAsync(HttpContext context, string name, string text)
    {
        await context.Response.WriteAsync($"event: {name}\ndata: {text}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
