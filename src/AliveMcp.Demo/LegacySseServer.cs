using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace AliveMcp.Demo;

/// <summary>A server of 2024-11-05: a GET stream names the endpoint to POST to, and carries all answers.</summary>
internal sealed class LegacySseServer(string name)
{
    private readonly ConcurrentDictionary<string, Channel<JsonObject>> _streams = new(StringComparer.Ordinal);

    public void Map(WebApplication app)
    {
        app.MapGet("/sse", StreamAsync);
        app.MapPost("/messages", PostAsync);
    }

    private async Task StreamAsync(HttpContext context)
    {
        var id = Guid.NewGuid().ToString("N");
        var answers = Channel.CreateBounded<JsonObject>(16);
        _streams[id] = answers;
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
            await Rpc.WriteEventAsync(context, "endpoint", $"/messages?sessionId={id}");
            await foreach (var answer in answers.Reader.ReadAllAsync(context.RequestAborted))
            {
                await Rpc.WriteEventAsync(context, "message", answer.ToJsonString());
            }
        }
        catch (OperationCanceledException)
        {
            // The client hung up: with this transport that is how every session ends.
        }
        finally
        {
            _streams.TryRemove(id, out _);
        }
    }

    private async Task PostAsync(HttpContext context)
    {
        if (!_streams.TryGetValue(context.Request.Query["sessionId"].ToString(), out var answers))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = await Rpc.ReadAsync(context);
        context.Response.StatusCode = request is null ? 400 : 202;
        if (request?.Id is null)
        {
            return;
        }

        var answer =
            request.Method == "initialize"
                ? request.Result(InitializeServer.Hello(name, "2024-11-05"))
                : InitializeServer.Answer(request, DemoTools.Bookshop);
        await answers.Writer.WriteAsync(answer, context.RequestAborted);
    }
}
