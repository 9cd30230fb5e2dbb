using System.Text.Json;
using AliveMcp.Servers.Objectives;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.Slo;

internal static class SloEndpoints
{
    private const int LargestBody = 4096;

    public static void MapSloEndpoints(this RouteGroupBuilder api)
    {
        var slo = api.MapGroup("/servers/{slug}/slo").WithTags("slo");
        slo.MapGet("/", FindAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithName("get_slo")
            .WithSummary("What is promised of an own server, the error budget of the window, and how fast it burns.")
            .Produces<SloAnswer>();
        slo.MapPut("/", ChooseAsync)
            .RequireAuthorization(Can.WriteServers)
            .WithName("set_slo")
            .WithSummary("Chooses what is promised of an own server.")
            .Accepts<ObjectiveWish>("application/json")
            .Produces<SloAnswer>();
        slo.MapDelete("/", ForgetAsync)
            .RequireAuthorization(Can.WriteServers)
            .WithName("reset_slo")
            .WithSummary("Goes back to 99.9 % of a rolling 30 days.")
            .Produces<SloAnswer>();
    }

    /// <summary>What is promised of an own server, the error budget of the window, and how fast it burns.</summary>
    private static async Task<object> FindAsync(
        string slug,
        ServerObjectives objectives,
        SloQueries queries,
        CancellationToken cancellationToken
    ) =>
        await objectives.FindAsync(slug, cancellationToken) is { } server
            ? await AnswerAsync(server, queries, cancellationToken)
            : SloProblems.NoServer(slug);

    /// <summary>Chooses what is promised: target_percent, 50 to 99.999 with at most three decimals; window, 30d (unless told) or month.</summary>
    private static async Task<object> ChooseAsync(
        string slug,
        HttpRequest request,
        ServerObjectives objectives,
        SloQueries queries,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength is null or > LargestBody)
        {
            return SloProblems.NotAnObjective;
        }

        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(
                request.Body,
                new JsonDocumentOptions { MaxDepth = 4 },
                cancellationToken
            );
        }
        catch (JsonException)
        {
            return SloProblems.NotAnObjective;
        }

        using (body)
        {
            var chosen = await objectives.ChooseAsync(slug, body.RootElement, cancellationToken);
            return chosen.TryGet(out var server)
                ? await AnswerAsync(server, queries, cancellationToken)
                : chosen.Problems;
        }
    }

    /// <summary>Goes back to 99.9 % of a rolling 30 days.</summary>
    private static async Task<object> ForgetAsync(
        string slug,
        ServerObjectives objectives,
        SloQueries queries,
        CancellationToken cancellationToken
    )
    {
        var forgotten = await objectives.ForgetAsync(slug, cancellationToken);
        return forgotten.TryGet(out var server)
            ? await AnswerAsync(server, queries, cancellationToken)
            : forgotten.Problems;
    }

    private static async Task<IResult> AnswerAsync(
        PromisedServer server,
        SloQueries queries,
        CancellationToken cancellationToken
    ) => Results.Json(SloAnswer.Of(await queries.OfAsync(server, cancellationToken)), SloJson.Default.SloAnswer);
}

/// <summary>For the API's description: what is promised.</summary>
/// <param name="TargetPercent">50 to 99.999, at most three decimals.</param>
/// <param name="Window"><c>30d</c> (unless told) or <c>month</c>.</param>
internal sealed record ObjectiveWish(decimal TargetPercent, string? Window = null);
