using System.Collections.Concurrent;
using System.Net.Http.Json;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Tests.Builders;

/// <summary>A desk on a real socket that hands out what a test gives it and keeps what it is told, in the order of its coming.</summary>
internal sealed class FakeDesk : IAsyncDisposable
{
    public static readonly string Token = new('t', 40);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ProbeTicket>> _tickets = new();
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private int _cellCalls;

    public Uri Url => new(_app!.Urls.First() + "/prober/v1/");

    /// <summary>What happened, for example <c>put sha256:…</c> and <c>result 2/1</c>.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    public ConcurrentQueue<TicketReport> Reports { get; } = new();

    /// <summary>What live looks told.</summary>
    public ConcurrentQueue<StepReport> Steps { get; } = new();

    /// <summary>What was told of cells.</summary>
    public ConcurrentQueue<CellReport> Cells { get; } = new();

    /// <summary>How that is answered, by the number of the call; 204 unless told otherwise.</summary>
    public Func<int, int> CellStatus { get; set; } = _ => StatusCodes.Status204NoContent;

    /// <summary>Ends with the first report.</summary>
    public Task Reported => _reported.Task;

    /// <summary>How results are answered, by the number of the call; 200 unless told otherwise.</summary>
    public Func<int, int> ResultStatus { get; set; } = _ => StatusCodes.Status200OK;

    public static async Task<FakeDesk> StartAsync()
    {
        var desk = new FakeDesk();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        desk._app = builder.Build();
        desk._app.MapPost("/prober/v1/lease", (Delegate)desk.LeaseAsync);
        desk._app.MapPost("/prober/v1/results", (Delegate)desk.ResultsAsync);
        desk._app.MapPost("/prober/v1/steps", (Delegate)desk.StepsAsync);
        desk._app.MapPost("/prober/v1/cells", (Delegate)desk.CellsAsync);
        desk._app.MapPut("/prober/v1/contracts/{hash}", desk.Contract);
        await desk._app.StartAsync();
        return desk;
    }

    /// <summary>Lanes that were asked for, and how often.</summary>
    public ConcurrentDictionary<string, int> Leases { get; } = new();

    public void HandOut(ProbeTicket ticket, Lane lane = Lane.Shared) => Queue(LaneWords.Name(lane)).Enqueue(ticket);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app!.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private ConcurrentQueue<ProbeTicket> Queue(string lane) => _tickets.GetOrAdd(lane, _ => new());

    private async Task<IResult> LeaseAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization != "Bearer " + Token)
        {
            return TypedResults.Unauthorized();
        }

        var request = (await http.Request.ReadFromJsonAsync(DeskJson.Default.LeaseRequest))!;
        Leases.AddOrUpdate(request.Lane, 1, (_, count) => count + 1);
        var tickets = new List<ProbeTicket>();
        while (tickets.Count < request.Max && Queue(request.Lane).TryDequeue(out var ticket))
        {
            tickets.Add(ticket);
        }

        if (tickets.Count > 0)
        {
            return TypedResults.Json(new LeaseAnswer(tickets), DeskJson.Default.LeaseAnswer);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, http.RequestAborted);
        return TypedResults.Json(new LeaseAnswer([]), DeskJson.Default.LeaseAnswer);
    }

    private async Task<IResult> ResultsAsync(HttpContext http)
    {
        var batch = (await http.Request.ReadFromJsonAsync(DeskJson.Default.ReportBatch))!;
        var status = ResultStatus(Told.Count);
        Told.Enqueue($"results {status}");
        if (status != StatusCodes.Status200OK)
        {
            return TypedResults.StatusCode(status);
        }

        foreach (var report in batch.Reports)
        {
            Reports.Enqueue(report);
        }

        _reported.TrySetResult();
        return TypedResults.Json(new ReportAnswer(batch.Reports.Count, 0, 0), DeskJson.Default.ReportAnswer);
    }

    private async Task<IResult> StepsAsync(HttpContext http)
    {
        Steps.Enqueue((await http.Request.ReadFromJsonAsync(DeskJson.Default.StepReport))!);
        return TypedResults.NoContent();
    }

    private async Task<IResult> CellsAsync(HttpContext http)
    {
        var report = (await http.Request.ReadFromJsonAsync(DeskJson.Default.CellReport))!;
        var status = CellStatus(Interlocked.Increment(ref _cellCalls));
        if (status == StatusCodes.Status204NoContent)
        {
            Cells.Enqueue(report);
        }

        return TypedResults.StatusCode(status);
    }

    private IResult Contract(string hash)
    {
        Told.Enqueue($"put {hash}");
        return TypedResults.NoContent();
    }
}
