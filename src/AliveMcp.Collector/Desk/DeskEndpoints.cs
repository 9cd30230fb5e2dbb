using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AliveMcp.Collector.Cells;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Collector.Intake;
using AliveMcp.Collector.Looks;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Collector.Desk;

/// <summary>The desk's HTTP mouth. Nothing behind it is ours to hide from a prober but what another region's token guards.</summary>
internal static class DeskEndpoints
{
    private const int LeaseBytes = 4 * 1024;
    private const int ResultBytes = 8 * 1024 * 1024;
    private const int MostReports = 1_000;
    private const int StepBytes = 64 * 1024;
    private const int CellBytes = 128 * 1024;
    private const int ContractBytes = 4 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes, string prefix)
    {
        var desk = routes.MapGroup(prefix).AllowAnonymous().ExcludeFromDescription();
        desk.AddEndpointFilter(
            (context, next) =>
                context.HttpContext.RequestServices.GetRequiredService<DeskDoor>().AdmitAsync(context, next)
        );
        desk.MapPost("/lease", LeaseAsync);
        desk.MapPost("/results", ResultsAsync);
        desk.MapPost("/steps", StepsAsync);
        desk.MapPost("/cells", CellsAsync);
        desk.MapPut("/contracts/{hash}", ContractAsync);
    }

    private static async Task<IResult> LeaseAsync(HttpContext http, TicketDesk desk, CollectorMeter meter)
    {
        var (request, why) = await ReadAsync(http, LeaseBytes, DeskJson.Default.LeaseRequest, body => body.Prober);
        if (request is null)
        {
            return meter.Refuse(why);
        }

        if (!LaneWords.TryParse(request.Lane, out var lane))
        {
            return meter.Refuse("lane");
        }

        var tickets = await desk.LeaseAsync(DeskDoor.CallerOf(http), lane, request, http.RequestAborted);
        return TypedResults.Json(new LeaseAnswer(tickets), DeskJson.Default.LeaseAnswer);
    }

    private static async Task<IResult> ResultsAsync(HttpContext http, ResultIntake intake, CollectorMeter meter)
    {
        var (batch, why) = await ReadAsync(http, ResultBytes, DeskJson.Default.ReportBatch, body => body.Prober);
        if (batch is not { Reports: { Count: <= MostReports } })
        {
            return meter.Refuse(batch is { Reports: not null } ? "too_many_reports" : why);
        }

        // A prober that hangs up has said it all the same: what it sent is taken to its end.
        var answer = await intake.TakeAsync(DeskDoor.RegionOf(http), batch, CancellationToken.None);
        return TypedResults.Json(answer, DeskJson.Default.ReportAnswer);
    }

    private static async Task<IResult> StepsAsync(HttpContext http, StepIntake intake, CollectorMeter meter)
    {
        var (report, why) = await ReadAsync(http, StepBytes, DeskJson.Default.StepReport, body => body.Prober);
        if (report is null)
        {
            return meter.Refuse(why);
        }

        return await intake.TakeAsync(DeskDoor.RegionOf(http), report, CancellationToken.None) switch
        {
            Told.Taken => TypedResults.NoContent(),
            Told.Forgotten => TypedResults.NotFound(),
            Told.Forged => meter.Refuse("signature"),
            _ => meter.Refuse("malformed"),
        };
    }

    private static async Task<IResult> CellsAsync(HttpContext http, CellIntake intake, CollectorMeter meter)
    {
        var (report, why) = await ReadAsync(http, CellBytes, DeskJson.Default.CellReport, body => body.Prober);
        if (report is null)
        {
            return meter.Refuse(why);
        }

        return await intake.TakeAsync(DeskDoor.CallerOf(http), report, http.RequestAborted) is { } wrong
            ? meter.Refuse(wrong)
            : TypedResults.NoContent();
    }

    private static async Task<IResult> ContractAsync(
        string hash,
        HttpContext http,
        DeskKey key,
        ContractStore store,
        CollectorMeter meter
    )
    {
        var signer = await key.SignerAsync(http.RequestAborted);
        if (SignedServers(http, signer) is not { } servers)
        {
            return meter.Refuse("signature");
        }

        if (await BodyAsync(http, ContractBytes) is not { } gzip)
        {
            return meter.Refuse("too_large");
        }

        if (BroughtContract.Read(gzip, hash) is not { } contract)
        {
            return meter.Refuse("contract_hash");
        }

        var under = TakenUnder.Read(http.Request.Headers);
        foreach (var server in servers)
        {
            await store.AddAsync(server, contract, gzip, under, http.RequestAborted);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Whose contract it is says the ticket it was seen with.</summary>
    private static IReadOnlyList<ServerKey>? SignedServers(HttpContext http, TicketSigner signer)
    {
        var headers = http.Request.Headers;
        var prober = headers[DeskHeaders.Prober].ToString();
        return
            ServerKey.TryParse(headers[DeskHeaders.Server].ToString(), out var server)
            && int.TryParse(
                headers[DeskHeaders.Minute].ToString(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var minute
            )
            && DeskDoor.IsName(prober)
            && signer.TryOpen(
                headers[DeskHeaders.Signature].ToString(),
                prober,
                server,
                DeskDoor.RegionOf(http),
                new MinuteStamp(minute),
                out var sharers
            )
            ? [server, .. sharers]
            : null;
    }

    /// <returns>Null, and why: one of the words of <see cref="DeskRefusals"/>.</returns>
    private static async Task<(T? Body, string Why)> ReadAsync<T>(
        HttpContext http,
        int limit,
        JsonTypeInfo<T> type,
        Func<T, string?> prober
    )
        where T : class
    {
        if (await BodyAsync(http, limit) is not { } bytes)
        {
            return (null, "too_large");
        }

        try
        {
            var body = JsonSerializer.Deserialize(bytes, type);
            return body is null ? (null, "malformed")
                : DeskDoor.IsName(prober(body)) ? (body, "malformed")
                : (null, "prober");
        }
        catch (JsonException)
        {
            return (null, "malformed");
        }
    }

    /// <returns>Null when the body is larger than its limit.</returns>
    private static async Task<byte[]?> BodyAsync(HttpContext http, int limit)
    {
        // Said beforehand, it is refused with an answer: behind a lowered limit the connection would be cut before that is out.
        if (http.Request.ContentLength > limit)
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            return body.Length > limit ? null : body.ToArray();
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }
}
