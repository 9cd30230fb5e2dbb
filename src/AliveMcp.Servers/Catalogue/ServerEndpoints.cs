using System.Text;
using AliveMcp.Servers.Acts;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Servers.Catalogue;

internal static class ServerEndpoints
{
    private const int LargestPage = 1_000;

    public static void MapServerEndpoints(this RouteGroupBuilder api)
    {
        var servers = api.MapGroup("/servers").WithTags("servers");

        servers.MapGet("/", ListAsync).RefusingBadTokens().WithName("list_servers");
        servers.MapGet("/{slug}", FindAsync).RefusingBadTokens().WithName("get_server");
        servers.MapServerActs();
        servers.MapExpectations();
        api.MapMaintenance();
        servers.MapPost("/apply", ApplyAsync).RequireAuthorization(Can.WriteServers).WithName("apply_servers");
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
        ServersFile file,
        CancellationToken cancellationToken,
        [FromQuery] bool prune = false,
        [FromQuery(Name = "dry_run")] bool dryRun = false
    )
    {
        var body = await ReadAsync(request, cancellationToken);
        if (!body.TryGet(out var text))
        {
            return body.Problems;
        }

        var options = new ApplyOptions
        {
            Prune = prune,
            DryRun = dryRun,
            By = who.Actor,
        };
        var applied = await file.ApplyAsync(scope.Tenant!.Value, text, options, cancellationToken);
        return applied.TryGet(out var answer) ? Results.Json(answer, ServerJson.Default.ApplyAnswer) : applied.Problems;
    }

    /// <summary>The body as text, read no further than a file may be long.</summary>
    private static async Task<Result<string>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > FileReader.MaxLength)
            {
                return FileProblems.TooLarge;
            }
        }

        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            return ServerProblems.NotUtf8;
        }
    }
}
