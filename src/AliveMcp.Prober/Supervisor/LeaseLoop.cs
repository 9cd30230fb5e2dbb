using AliveMcp.Prober.DeskClient;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Supervisor;

/// <summary>
/// Leases from every lane side by side, has carried out, has reported. Asked to stop it leases no more, lets running tries end and sends what they found;
/// the host's patience, or a parent that is gone, cuts that short.
/// </summary>
internal sealed partial class LeaseLoop(
    Desk desk,
    IReadOnlyList<TicketWork> lanes,
    ReportPost post,
    TimeProvider time,
    ILogger<LeaseLoop> logger
) : BackgroundService
{
    private const int MostPerLease = 200;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _abort = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var impatience = cancellationToken.Register(_abort.Cancel);
        await base.StopAsync(CancellationToken.None);
    }

    /// <summary>Breaks off what is running, after a time.</summary>
    public void AbortAfter(TimeSpan delay) => _abort.CancelAfter(delay);

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var posting = post.RunAsync(_abort.Token);
        using var deaf = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var leasing = lanes.Select(work => LeaseAsync(work, deaf.Token)).ToList();
        await Task.WhenAny([posting, .. leasing]);
        // One that ends unasked ends all: probing on without anybody to tell would be harm without use, a dead lane would be silent.
        await deaf.CancelAsync();
        await Task.WhenAll(leasing);
        if (!stoppingToken.IsCancellationRequested)
        {
            await posting;
        }

        await Task.WhenAll(lanes.Select(work => work.EndAsync(_abort.Token)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        post.Close();
        await posting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LeaseAsync(TicketWork work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            foreach (var ticket in await TakeAsync(work, stopping))
            {
                await work.StartAsync(ticket, stopping, _abort.Token);
            }
        }
    }

    private async Task<IReadOnlyList<ProbeTicket>> TakeAsync(TicketWork work, CancellationToken stopping)
    {
        try
        {
            var room = await work.RoomAsync(stopping);
            return await desk.LeaseAsync(work.Lane, Math.Min(room, MostPerLease), stopping);
        }
        catch (Exception fault)
            when (fault is HttpRequestException or System.Text.Json.JsonException or OperationCanceledException)
        {
            if (!stopping.IsCancellationRequested)
            {
                NoWork(logger, fault.Message);
                await Task.Delay(Rest, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The desk gives no work: {Fault}")]
    private static partial void NoWork(ILogger logger, string fault);
}
