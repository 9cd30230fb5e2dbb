using System.ComponentModel;
using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Supervisor;

/// <summary>All cells of a prober: one shared, some that serve one tenant each.</summary>
internal sealed partial class Cells
{
    /// <summary>Beyond its limit and its goodbye a try is given up, so that its minute still learns that we do not know.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>What asking the origin first may take.</summary>
    private static readonly TimeSpan OwnerTime = TimeSpan.FromSeconds(3);

    private readonly CellRules _rules;
    private readonly SharedCells _shared;
    private readonly IsolatedCells _isolated;
    private readonly ILogger<Cells> _logger;

    public Cells(CellRules rules, TenantKills kills, ILogger<Cells> logger)
    {
        (_rules, _logger) = (rules, logger);
        _shared = new SharedCells(rules);
        _isolated = new IsolatedCells(rules.Options.IsolatedCells, rules, kills);
    }

    /// <inheritdoc cref="SeatCall"/>
    public async Task<Seating> SeatAsync(TakenTicket ticket, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var seating = ticket.IsIsolated
                ? await _isolated.SeatAsync(ticket, patience, cancellationToken)
                : await _shared.SeatAsync(ticket, cancellationToken);
            return seating.Seat is { } seat ? new Seat(order => AskAsync(seat, order), seat.Dispose) : seating;
        }
        catch (Exception fault) when (fault is Win32Exception or ObjectDisposedException)
        {
            NotStarted(_logger, fault);
            return Why.ProberUnfit;
        }
    }

    /// <summary>Starts the shared cell, so that the first ticket need not wait for it.</summary>
    public Task WarmAsync(CancellationToken cancellationToken) => _shared.WarmAsync(cancellationToken);

    /// <summary>To be called every second or so.</summary>
    public void Look()
    {
        _shared.Look();
        _isolated.Look();
    }

    /// <summary>Lets all cells end; nothing is looked at any more.</summary>
    public Task StopAsync() => Task.WhenAll(_shared.StopAsync(), _isolated.StopAsync());

    private async Task<TryResult?> AskAsync(Seat seat, ProbeOrder order)
    {
        try
        {
            return await seat.ProbeAsync(order)
                .WaitAsync(
                    order.Limits.Total + order.Limits.Goodbye + Grace + (order.AsksOwner ? OwnerTime : TimeSpan.Zero),
                    _rules.Time
                );
        }
        catch (TimeoutException)
        {
            return TryResult.Unknown(
                Why.ProberUnfit,
                "expected our own process to answer when its time was over, got silence"
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A cell could not be started.")]
    private static partial void NotStarted(ILogger logger, Exception fault);
}
