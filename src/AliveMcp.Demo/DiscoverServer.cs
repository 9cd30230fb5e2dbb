using System.Text.Json.Nodes;

namespace AliveMcp.Demo;

/// <summary>A server of revision 2026-07-28 alone: stateless, POST only, every request speaks for itself.</summary>
internal sealed class DiscoverServer(string name)
{
    private const string Version = "2026-07-28";
    private const string Meta = "io.modelcontextprotocol/";
    private const int HeaderMismatch = -32020;
    private const int VersionUnsupported = -32022;

    public void Map(WebApplication app) => app.MapPost("/mcp", PostAsync);

    private async Task PostAsync(HttpContext context)
    {
        var request = await Rpc.ReadAsync(context);
        var (status, answer) = Answer(context.Request.Headers, request);
        if (answer is null)
        {
            context.Response.StatusCode = status;
            return;
        }

        await Rpc.AnswerAsync(context, status, answer);
    }

    private (int Status, JsonObject? Answer) Answer(IHeaderDictionary headers, Rpc? request)
    {
        if (request is null)
        {
            return (400, Rpc.Error(null, Rpc.InvalidRequest, "Not a JSON-RPC request."));
        }

        if (request.Id is null)
        {
            return (202, null);
        }

        if (request.Method is not ("server/discover" or "tools/list" or "tools/call"))
        {
            return (404, Rpc.Error(request, Rpc.MethodNotFound, $"Method not found: {request.Method}"));
        }

        var version = (request.Params["_meta"] as JsonObject)?[Meta + "protocolVersion"]?.ToString();
        if (headers["MCP-Protocol-Version"] != version || headers["Mcp-Method"] != request.Method)
        {
            return (400, Rpc.Error(request, HeaderMismatch, "Headers and body disagree."));
        }

        if (version != Version)
        {
            var supported = new JsonObject { ["supported"] = new JsonArray(Version), ["requested"] = version };
            return (400, Rpc.Error(request, VersionUnsupported, "Unsupported protocol version.", supported));
        }

        return (200, request.Result(Result(request)));
    }

    private JsonObject Result(Rpc request)
    {
        var result = request.Method switch
        {
            "server/discover" => new JsonObject
            {
                ["supportedVersions"] = new JsonArray(Version),
                ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                ["_meta"] = new JsonObject
                {
                    [Meta + "serverInfo"] = new JsonObject { ["name"] = name, ["version"] = "1.0.0" },
                },
            },
            "tools/list" => new JsonObject { ["tools"] = DemoTools.Bookshop() },
            _ => request.Echo(),
        };

        result["resultType"] = "complete";
        if (request.Method != "tools/call")
        {
            result["ttlMs"] = 60_000;
            result["cacheScope"] = "public";
        }

        return result;
    }
}
