using System.Text.RegularExpressions;
using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Dashboard.Sinks;

/// <summary>One sink, and what is done with it: the acts of the API, pressed.</summary>
internal static partial class SinkActEndpoints
{
    public static void MapSinkActs(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/sinks/{id:int}", ShowAsync).RequireAuthorization(Can.ReadAlerts);
        var sink = tenant.MapGroup("/sinks/{id:int}").RequireAuthorization(Can.WriteAlerts);
        sink.MapPost("/verify", VerifyAsync);
        sink.MapPost("/again", AskAgainAsync);
        sink.MapPost("/test", TestAsync);
        sink.MapPost("/rotate", RotateAsync);
        sink.MapPost("/change", ChangeAsync);
        sink.MapPost("/remove", RemoveAsync);
        tenant.MapPost("/deliveries/{id:long}/redeliver", RedeliverAsync).RequireAuthorization(Can.WriteAlerts);
    }

    private static Task<IResult> ShowAsync(int id, [AsParameters] SinkDesk desk) => desk.PageAsync(id, []);

    private static async Task<IResult> VerifyAsync(int id, SinkProofs proofs, [AsParameters] SinkDesk desk)
    {
        var code = desk.Http.Request.Form.Text("code") is { Length: > 0 and <= 40 } typed ? typed : null;
        return await desk.AnswerAsync(id, await proofs.VerifyAsync(id, code, desk.Http.RequestAborted), "verified");
    }

    private static async Task<IResult> AskAgainAsync(int id, SinkProofs proofs, [AsParameters] SinkDesk desk) =>
        await desk.AnswerAsync(id, await proofs.AskAgainAsync(id, desk.Http.RequestAborted), "asked");

    private static async Task<IResult> TestAsync(int id, SinkHandling sinks, [AsParameters] SinkDesk desk)
    {
        var ordered = await sinks.TestAsync(id, desk.Http.RequestAborted);
        return ordered.TryGet(out _)
            ? desk.Http.Go(desk.Http.GroundOf().At($"sinks/{id}"), "tested")
            : await desk.PageAsync(id, ordered.Problems);
    }

    /// <summary>Of the state that was seen: the same form sent again would put the secret that is in use out of it.</summary>
    private static async Task<IResult> RotateAsync(int id, SinkHandling sinks, [AsParameters] SinkDesk desk) =>
        await desk.AnswerAsync(
            id,
            await sinks.RotateAsync(
                id,
                Precondition.Of(desk.Http.Request.Form["etag"].ToString()),
                desk.Http.RequestAborted
            ),
            "sink_changed"
        );

    /// <summary>Without a new address the sink is only called something else.</summary>
    private static async Task<IResult> ChangeAsync(int id, SinkActs acts, [AsParameters] SinkDesk desk)
    {
        var form = desk.Http.Request.Form;
        var kind = await desk.Sinks.FindAsync(id, desk.Http.RequestAborted) is { } sink ? sink.Kind : null;
        var fields = desk.Sinks.Offer(kind)?.Fields ?? [];
        var body = FormBody.Of(form, ["name", .. fields.Where(field => form.Text(field).Length > 0)]);
        var state = Precondition.Of(form["etag"].ToString());
        return await desk.AnswerAsync(
            id,
            await acts.ChangeAsync(id, body, state, desk.Http.RequestAborted),
            "sink_changed"
        );
    }

    private static async Task<IResult> RemoveAsync(int id, SinkActs acts, [AsParameters] SinkDesk desk)
    {
        var state = Precondition.Of(desk.Http.Request.Form["etag"].ToString());
        return await acts.RemoveAsync(id, state, desk.Http.RequestAborted) is { } problem
            ? await desk.PageAsync(id, [problem])
            : desk.Http.Go(desk.Http.GroundOf().At("sinks"), "sink_removed");
    }

    private static async Task<IResult> RedeliverAsync(
        long id,
        Redelivery redelivery,
        DeliveryQueries deliveries,
        HttpContext http
    )
    {
        if (await deliveries.FindAsync(id, http.RequestAborted) is not { } delivery)
        {
            return Results.NotFound();
        }

        var back = http.Request.Form["back"].ToString();
        var path = http.GroundOf().At(OwnPage().IsMatch(back) ? back : $"sinks/{delivery.Sink}");
        // One that is on its way already is what was wished for.
        _ = await redelivery.AskAsync(id, http.RequestAborted);
        return http.Go(path, "redelivered");
    }

    [GeneratedRegex(
        @"\A(sinks|incidents)/[0-9]{1,19}\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex OwnPage();
}
