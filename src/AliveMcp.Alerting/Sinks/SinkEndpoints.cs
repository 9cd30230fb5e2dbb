using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Sinks;

internal static class SinkEndpoints
{
    private const int LargestBody = 16 * 1024;
    private const int LargestPage = 1_000;
    private const int LongestCode = 40;

    public static void MapSinkEndpoints(this RouteGroupBuilder api)
    {
        var sinks = api.MapGroup("/sinks").WithTags("sinks");
        sinks
            .MapGet("/", ListAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("list_sinks")
            .WithSummary("The places that alerts go to, by number; never a secret.")
            .Produces<SinkPage>();
        sinks
            .MapGet("/{id:int}", FindAsync)
            .RequireAuthorization(Can.ReadAlerts)
            .WithName("get_sink")
            .WithSummary("One sink, and how far its proof is. The ETag names its state.")
            .Produces<SeenSink>();
        sinks
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .WithName("create_sink")
            .WithSummary("Sets up another sink and sends its proof. Nothing else is sent there before it is verified.")
            .WithDescription(
                "url for slack, discord and webhook; routing_key and region (us, eu) for pagerduty; email for email; bot_token and chat_id for telegram. The answer to a webhook tells its signing secret once."
            )
            .Accepts<SinkBody>("application/json")
            .Produces<SeenSink>(StatusCodes.Status201Created);
        sinks
            .MapPatch("/{id:int}", ChangeAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .NeedingState()
            .WithName("change_sink")
            .WithSummary("Renames a sink or gives it another address, which is to be proven anew. Needs If-Match.")
            .Accepts<SinkPatch>("application/json", "application/merge-patch+json")
            .Produces<SeenSink>();
        sinks
            .MapDelete("/{id:int}", RemoveAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .NeedingState()
            .WithName("remove_sink")
            .WithSummary("Removes a sink with its secret, its log and what waits for it. Needs If-Match.")
            .Produces(StatusCodes.Status204NoContent);
        sinks.MapSinkActs();
    }

    private static void MapSinkActs(this RouteGroupBuilder sinks)
    {
        sinks
            .MapPost("/{id:int}/verify", VerifyAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .WithName("verify_sink")
            .WithSummary("Proves a sink: by the code that was sent there, or by what was published for a webhook.")
            .Accepts<SinkCode>("application/json")
            .Produces<SeenSink>();
        sinks
            .MapPost("/{id:int}/verify/again", AskAgainAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .Costs(20)
            .WithName("ask_sink_proof")
            .WithSummary("Sends another proof; until it is given, nothing else is sent. Switches a sink on again.")
            .Produces<SeenSink>();
        sinks
            .MapPost("/{id:int}/test", TestAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .Costs(20)
            .WithName("test_sink")
            .WithSummary("Sends a test message, by a delivery whose log tells what came of it.")
            .Produces<OrderedTest>(StatusCodes.Status202Accepted);
        sinks
            .MapPost("/{id:int}/rotate-secret", RotateAsync)
            .RequireAuthorization(Can.WriteAlerts)
            .WithName("rotate_sink_secret")
            .WithSummary(
                "Makes another signing secret for a webhook, told once; the one before stays good for 24 hours."
            )
            .Produces<SeenSink>();
    }

    private static async Task<IResult> ListAsync(
        SinkQueries queries,
        CancellationToken cancellationToken,
        int after = 0,
        int take = 100
    )
    {
        var size = Math.Clamp(take, 1, LargestPage);
        var page = await queries.PageAsync(after, size, cancellationToken);
        var next = page.Count == size ? page[^1].Id : (int?)null;
        return Results.Json(new SinkPage(page, next), SinkJson.Default.SinkPage);
    }

    private static async Task<object> FindAsync(
        int id,
        SinkQueries queries,
        HttpContext http,
        CancellationToken cancellationToken
    ) => await queries.FindAsync(id, cancellationToken) is { } sink ? Answer(sink, http) : SinkProblems.NotFound(id);

    private static async Task<object> CreateAsync(SinkActs acts, HttpContext http, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var created = await acts.CreateAsync(json, cancellationToken);
        if (!created.TryGet(out var sink))
        {
            return created.Problems;
        }

        http.Response.Headers.Location = FormattableString.Invariant($"/api/v1/sinks/{sink.Id}");
        return Answer(sink, http, StatusCodes.Status201Created);
    }

    private static async Task<object> ChangeAsync(
        int id,
        SinkActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
        return body.TryGet(out var json)
            ? Answer(await acts.ChangeAsync(id, json, Precondition.Of(http.Request), cancellationToken), http)
            : body.Problems;
    }

    private static async Task<object> RemoveAsync(
        int id,
        SinkActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await acts.RemoveAsync(id, Precondition.Of(http.Request), cancellationToken) is { } problem
            ? problem
            : Results.NoContent();

    private static async Task<object> VerifyAsync(
        int id,
        SinkProofs proofs,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        string? code = null;
        if (http.Request.ContentLength is > 0 || http.Request.HasJsonContentType())
        {
            var body = await JsonBody.ReadAsync(http.Request, LargestBody, cancellationToken);
            if (!body.TryGet(out var json))
            {
                return body.Problems;
            }

            var fields = new BodyFields(json, "code");
            code = fields.Text("code", LongestCode);
            if (fields.Problems.Count > 0)
            {
                return fields.Problems;
            }
        }

        return Answer(await proofs.VerifyAsync(id, code, cancellationToken), http);
    }

    private static async Task<object> AskAgainAsync(
        int id,
        SinkProofs proofs,
        HttpContext http,
        CancellationToken cancellationToken
    ) => Answer(await proofs.AskAgainAsync(id, cancellationToken), http);

    private static async Task<object> TestAsync(int id, SinkHandling sinks, CancellationToken cancellationToken)
    {
        var ordered = await sinks.TestAsync(id, cancellationToken);
        return ordered.TryGet(out var test)
            ? Results.Json(test, SinkJson.Default.OrderedTest, statusCode: StatusCodes.Status202Accepted)
            : ordered.Problems;
    }

    private static async Task<object> RotateAsync(
        int id,
        SinkHandling sinks,
        HttpContext http,
        CancellationToken cancellationToken
    ) => Answer(await sinks.RotateAsync(id, Precondition.Any, cancellationToken), http);

    private static object Answer(Result<SeenSink> changed, HttpContext http) =>
        changed.TryGet(out var sink) ? Answer(sink, http) : changed.Problems;

    private static IResult Answer(SeenSink sink, HttpContext http, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = sink.ETag;
        return Results.Json(sink, SinkJson.Default.SeenSink, statusCode: status);
    }
}
