using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Servers.Acts;
using AliveMcp.Servers.Credentials;
using AliveMcp.Servers.Files;
using AliveMcp.Servers.Import;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Servers.Catalogue;

internal static class ServerEndpoints
{
    private const int LargestPage = 1_000;
    private const int CostOfFiles = 20;

    /// <summary>For people's eyes.</summary>
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        TypeInfoResolver = ActsJson.Default,
    };

    public static void MapServerEndpoints(this RouteGroupBuilder api)
    {
        var servers = api.MapGroup("/servers").WithTags("servers");

        servers
            .MapGet("/", ListAsync)
            .RefusingBadTokens()
            .WithName("list_servers")
            .WithSummary(
                "The public servers; with a token also the own private ones. By the time they were registered."
            )
            .WithDescription("next is the after of the following page; left out on the last one.")
            .Produces<ServerPage>();
        servers
            .MapGet("/{slug}", FindAsync)
            .RefusingBadTokens()
            .WithName("get_server")
            .WithSummary("One server by its public slug; with a token also by the own slug, with its settings.")
            .WithDescription("The ETag of an own server names its state: send it in If-Match to change it.")
            .Produces<SeenServer>();
        servers.MapServerActs();
        api.MapGet("/export/servers", ExportAsync)
            .WithTags("export")
            .RequireAuthorization(Can.ReadExport)
            .Costs(CostOfFiles)
            .WithName("export_servers")
            .WithSummary(
                "The file of what is watched and who hears of it: what POST /servers/apply takes, and which then changes nothing."
            )
            .WithDescription("No secret is in it; sinks say in which environment variable theirs is to be.")
            .Produces<ServerList>();
        servers.MapExpectations();
        servers.MapCredentials();
        api.MapMaintenance();
        servers
            .MapPost("/apply", ApplyAsync)
            .RequireAuthorization(Can.WriteServers)
            .Costs(CostOfFiles)
            .WithName("apply_servers")
            .WithSummary("Brings servers, sinks and rules to what a file says; answers what changed.")
            .WithDescription(
                "The body is the file, YAML or JSON, or, as application/vnd.alivemcp.apply+json, an object of file (its text) and secrets (by reference, for example env:OPS_URL). dry_run tells and does nothing; prune erases what left the file. What the file does not have at its top stays as it is."
            )
            .Accepts<ServerList>("application/json", "application/yaml", ApplyBody.ContentType)
            .Produces<ApplyAnswer>();
        servers
            .MapPost("/import", ImportAsync)
            .RequireAuthorization(Can.WriteServers)
            .Costs(CostOfFiles)
            .WithName("import_servers")
            .WithSummary("Watches what an mcp.json, server.json, Uptime Kuma backup or Gatus configuration lists.")
            .WithDescription(
                "It only adds. dry_run, true unless told, tells and does nothing. visibility: private (unless told) or public."
            )
            .Accepts<JsonObject>("application/json", "application/yaml")
            .Produces<ImportAnswer>();
    }

    /// <summary>The public servers; with a token also the own private ones. Ordered by the time they were registered.</summary>
    private static async Task<IResult> ListAsync(
        ServerQueries queries,
        CancellationToken cancellationToken,
        int after = 0,
        int take = 100
    )
    {
        var size = Math.Clamp(take, 1, LargestPage);
        var page = await queries.PageAsync(after, size, cancellationToken);
        var next = page.Count == size ? page[^1].Key.Server.Value : (int?)null;
        return Results.Json(new ServerPage(page, next), ServerJson.Default.ServerPage);
    }

    /// <summary>One server by its public slug; with a token also by the own slug.</summary>
    private static async Task<object> FindAsync(
        string slug,
        ServerQueries queries,
        AskedPauses pauses,
        OwnServers own,
        TenantScope scope,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (await queries.FindAsync(slug, cancellationToken) is not { } server)
        {
            return ServerProblems.NotFound(slug);
        }

        if (scope.Tenant == server.Key.Tenant && await own.FindAsync(server.Slug, cancellationToken) is { } settled)
        {
            server = settled.Server;
            response.Headers.ETag = settled.Etag;
        }

        var backoff = await pauses.OfAsync(server.Key.Server);
        return Results.Json(server with { Backoff = backoff }, ServerJson.Default.SeenServer);
    }

    /// <summary>Brings the own servers to what the file in the body says, YAML or JSON; answers what changed.</summary>
    private static async Task<object> ApplyAsync(
        HttpRequest request,
        TenantScope scope,
        ActorScope who,
        Caller caller,
        ServersFile file,
        CancellationToken cancellationToken,
        [FromQuery] bool prune = false,
        [FromQuery(Name = "dry_run")] bool dryRun = false
    )
    {
        if (prune && !caller.May(Can.EraseServers))
        {
            return ServerProblems.MayNotErase;
        }

        var body = await ApplyBody.ReadAsync(request, cancellationToken);
        if (!body.TryGet(out var sent))
        {
            return body.Problems;
        }

        var options = new ApplyOptions
        {
            Prune = prune,
            DryRun = dryRun,
            By = who.Actor,
            May = caller.May,
            Secrets = sent.Secrets,
        };
        var applied = await file.ApplyAsync(scope.Tenant!.Value, sent.Text, options, cancellationToken);
        return applied.TryGet(out var answer) ? Results.Json(answer, ServerJson.Default.ApplyAnswer) : applied.Problems;
    }

    private static async Task<IResult> ExportAsync(
        OwnServers own,
        IEnumerable<IFilePart> parts,
        CancellationToken cancellationToken
    )
    {
        var servers = new ServerList(await own.AllAsync(cancellationToken));
        var file = JsonSerializer.SerializeToNode(servers, ActsJson.Default.ServerList)!.AsObject();
        foreach (var part in parts)
        {
            if (await part.WriteAsync(cancellationToken) is { Count: > 0 } entries)
            {
                file[part.Key] = entries;
            }
        }

        return Results.Text(file.ToJsonString(Indented), "application/json");
    }

    private static async Task<object> ImportAsync(
        HttpRequest request,
        ServerImport import,
        CancellationToken cancellationToken,
        string visibility = "private",
        [FromQuery(Name = "dry_run")] bool dryRun = true
    )
    {
        if (!FileWords.Visibilities.ContainsKey(visibility))
        {
            return ImportProblems.Visibility(visibility);
        }

        var body = await ApplyBody.TextAsync(request, cancellationToken);
        if (!body.TryGet(out var text))
        {
            return body.Problems;
        }

        var imported = await import.RunAsync(text, visibility, dryRun, cancellationToken);
        return imported.TryGet(out var answer)
            ? Results.Json(answer, ServerJson.Default.ImportAnswer)
            : imported.Problems;
    }
}
