using System.Text.Json.Nodes;

namespace AliveMcp.Demo;

/// <summary>A server of the initialize era over Streamable HTTP, with or without sessions.</summary>
internal sealed class InitializeServer(string name)
{
    private const string Newest = "2025-11-25";
    private const string SessionHeader = "Mcp-Session-Id";
    private static readonly string[] Versions = ["2025-03-26", "2025-06-18", Newest];

    /// <summary>Null: no sessions.</summary>
    public SessionTable? Sessions { get; init; }

    /// <summary>Whether answers come as an event stream instead of a JSON body.</summary>
    public bool AsEventStream { get; init; }

    /// <summary>Passes before the handshake and before the tool list.</summary>
    public Func<CancellationToken, Task> Pause { get; init; } = _ => Task.CompletedTask;

    public Func<JsonArray> Tools { get; init; } = DemoTools.Bookshop;

    public void Map(WebApplication app)
    {
        app.MapPost("/mcp", PostAsync);
        app.MapDelete(
            "/mcp",
            context =>
            {
                var ended = Sessions?.End(context.Request.Headers[SessionHeader].ToString());
                context.Response.StatusCode = ended switch
                {
                    null => StatusCodes.Status405MethodNotAllowed,
                    true => StatusCodes.Status200OK,
                    false => StatusCodes.Status404NotFound,
                };
                return Task.CompletedTask;
            }
        );
    }

    private async Task PostAsync(HttpContext context)
    {
        var request = await Rpc.ReadAsync(context);
        if (request is null)
        {
            await Rpc.AnswerAsync(context, 400, Rpc.Error(null, Rpc.InvalidRequest, "Not a JSON-RPC request."));
            return;
        }

        if (request.Method == "initialize")
        {
            await Pause(context.RequestAborted);
            if (Sessions is not null)
            {
                context.Response.Headers[SessionHeader] = Sessions.Open();
            }

            await AnswerAsync(context, request.Result(Hello(request)));
            return;
        }

        if (Refusal(context) is { } status)
        {
            await Rpc.AnswerAsync(context, status, Rpc.Error(request, -32000, "No valid session: initialize first."));
            return;
        }

        await TakeAsync(context, request);
    }

    private async Task TakeAsync(HttpContext context, Rpc request)
    {
        if (request.Id is null)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        if (request.Method == "tools/list")
        {
            await Pause(context.RequestAborted);
        }

        await AnswerAsync(context, Answer(request, Tools));
    }

    /// <summary>What an initialized server of this era says to a request; shared with the legacy transport.</summary>
    public static JsonObject Answer(Rpc request, Func<JsonArray> tools) =>
        request.Method switch
        {
            "ping" => request.Result([]),
            "tools/list" => request.Result(new JsonObject { ["tools"] = tools() }),
            "tools/call" => request.Result(request.Echo()),
            _ => Rpc.Error(request, Rpc.MethodNotFound, $"Method not found: {request.Method}"),
        };

    public static JsonObject Hello(string name, string version) =>
        new()
        {
            ["protocolVersion"] = version,
            ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
            ["serverInfo"] = new JsonObject { ["name"] = name, ["version"] = "1.0.0" },
        };

    private JsonObject Hello(Rpc request)
    {
        var asked = request.Params["protocolVersion"]?.ToString();
        return Hello(name, Versions.Contains(asked, StringComparer.Ordinal) ? asked! : Newest);
    }

    /// <summary>The status of the specification for a missing and for an unknown session; null when the session is fine.</summary>
    private int? Refusal(HttpContext context)
    {
        if (Sessions is null)
        {
            return null;
        }

        var session = context.Request.Headers[SessionHeader].ToString();
        return session.Length == 0 ? StatusCodes.Status400BadRequest
            : Sessions.Has(session) ? null
            : StatusCodes.Status404NotFound;
    }

    private Task AnswerAsync(HttpContext context, JsonObject message) =>
        AsEventStream ? Rpc.AnswerAsEventAsync(context, message) : Rpc.AnswerAsync(context, 200, message);
}
