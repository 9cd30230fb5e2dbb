using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Servers.Acts;

internal static class ServerActEndpoints
{
    /// <summary>Ten test calls with a schema each fit well.</summary>
    public const int LargestBody = 1024 * 1024;

    private static readonly JsonObject Paused = new() { ["watch"] = false };
    private static readonly JsonObject Resumed = new() { ["watch"] = null };

    public static void MapServerActs(this RouteGroupBuilder servers)
    {
        servers
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Can.WriteServers)
            .WithName("create_server")
            .WithSummary("Watches another server.")
            .WithDescription("The body is an entry of the servers file. The answer's ETag names its state.")
            .Accepts<ServerSettings>("application/json")
            .Produces<SeenServer>(StatusCodes.Status201Created);
        servers
            .MapPut("/{slug}", ReplaceAsync)
            .RequireAuthorization(Can.WriteServers)
            .NeedingState()
            .WithName("replace_server")
            .WithSummary("Gives an own server all of its settings anew.")
            .WithDescription(
                "What the body leaves out goes back to what it is without a word; only slo stays as it was chosen. Needs If-Match."
            )
            .Accepts<ServerSettings>("application/json")
            .Produces<SeenServer>();
        servers
            .MapPatch("/{slug}", PatchAsync)
            .RequireAuthorization(Can.WriteServers)
            .NeedingState()
            .WithName("change_server")
            .WithSummary("Changes some settings of an own server.")
            .WithDescription("A JSON Merge Patch (RFC 7396) of settings: null takes a setting away. Needs If-Match.")
            .Accepts<ServerPatch>("application/merge-patch+json", "application/json")
            .Produces<SeenServer>();
        servers
            .MapDelete("/{slug}", EraseAsync)
            .RequireAuthorization(Can.EraseServers)
            .NeedingState()
            .WithName("erase_server")
            .WithSummary("Erases an own server, history and all.")
            .WithDescription("It is gone for every reader at once, and from every table soon after. Needs If-Match.")
            .Produces(StatusCodes.Status202Accepted);
        servers
            .MapPost(
                "/{slug}/pause",
                (string slug, ServerActs acts, HttpContext http) => WatchAsync(slug, Paused, acts, http)
            )
            .RequireAuthorization(Can.WriteServers)
            .WithName("pause_server")
            .WithSummary("Stops watching an own server; its history stays. Doing it again changes nothing.")
            .Produces<SeenServer>();
        servers
            .MapPost(
                "/{slug}/resume",
                (string slug, ServerActs acts, HttpContext http) => WatchAsync(slug, Resumed, acts, http)
            )
            .RequireAuthorization(Can.WriteServers)
            .WithName("resume_server")
            .WithSummary("Watches a paused server again. Doing it again changes nothing.")
            .Produces<SeenServer>();
    }

    private static async Task<object> CreateAsync(
        ServerActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var created = await acts.CreateAsync(json, cancellationToken);
        if (!created.TryGet(out var server))
        {
            return created.Problems;
        }

        http.Response.Headers.Location = $"/api/v1/servers/{server.Server.Slug}";
        return Answer(server, http, StatusCodes.Status201Created);
    }

    private static async Task<object> ReplaceAsync(
        string slug,
        ServerActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        return body.TryGet(out var json)
            ? Answer(await acts.ReplaceAsync(slug, json, Precondition.Of(http.Request), cancellationToken), http)
            : body.Problems;
    }

    private static async Task<object> PatchAsync(
        string slug,
        ServerActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return ServerProblems.NoPatch;
        }

        var patch = JsonNode.Parse(json.GetRawText());
        return Answer(await acts.PatchAsync(slug, patch, Precondition.Of(http.Request), cancellationToken), http);
    }

    private static async Task<object> EraseAsync(
        string slug,
        ServerActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await acts.EraseAsync(slug, Precondition.Of(http.Request), cancellationToken) is { } problem
            ? problem
            : Results.Accepted();

    private static async Task<object> WatchAsync(string slug, JsonObject patch, ServerActs acts, HttpContext http) =>
        Answer(await acts.PatchAsync(slug, patch, Precondition.Any, http.RequestAborted), http);

    public static object Answer(Result<SettledServer> changed, HttpContext http) =>
        changed.TryGet(out var server) ? Answer(server, http, StatusCodes.Status200OK) : changed.Problems;

    public static IResult Answer(SettledServer server, HttpContext http, int status)
    {
        http.Response.Headers.ETag = server.Etag;
        return Results.Json(server.Server, ServerJson.Default.SeenServer, statusCode: status);
    }
}
