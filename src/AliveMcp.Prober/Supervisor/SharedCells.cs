using System.Collections.Concurrent;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Supervisor;

/// <summary>
/// The cell for servers without credentials, and a second one for those that were being looked at when a shared cell ended.
/// One of them may have ended it: it shall not do so again to all the others. Who comes through is above suspicion.
/// </summary>
internal sealed class SharedCells(CellRules rules)
{
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<ServerKey, long> _suspects = new();
    private readonly CellKeeper _cell = new(CellOwner.Shared, rules);
    private readonly Lock _gate = new();
    private CellKeeper? _suspectCell;
    private long _suspectAt;

    public async Task<Seating> SeatAsync(TakenTicket ticket, CancellationToken cancellationToken)
    {
        var server = ticket.Ticket.Server;
        var cell = await (IsSuspect(server) ? SuspectCell() : _cell).GetAsync(cancellationToken);
        return new Seat(async order =>
        {
            var result = await cell.ProbeAsync(order, ticket.Heard);
            if (result is null || result.Attempt.Why == Why.CellKilled)
            {
                _suspects[server] = rules.Time.GetTimestamp();
            }
            else if (!_suspects.IsEmpty)
            {
                _suspects.TryRemove(server, out _);
            }

            return result;
        });
    }

    /// <summary>The first one is started before it is needed.</summary>
    public async Task WarmAsync(CancellationToken cancellationToken) => await _cell.GetAsync(cancellationToken);

    public void Look()
    {
        _cell.Look();
        lock (_gate)
        {
            _suspectCell?.Look();
            if (_suspectCell is { } idle && rules.Time.GetElapsedTime(_suspectAt) > rules.Warm)
            {
                idle.Kill(CellEnd.Stopped);
                _suspectCell = null;
            }
        }
    }

    public Task StopAsync() => Task.WhenAll(_cell.StopAsync(), _suspectCell?.StopAsync() ?? Task.CompletedTask);

    private bool IsSuspect(ServerKey server)
    {
        if (!_suspects.TryGetValue(server, out var since))
        {
            return false;
        }

        if (rules.Time.GetElapsedTime(since) < Memory)
        {
            return true;
        }

        _suspects.TryRemove(server, out _);
        return false;
    }

    private CellKeeper SuspectCell()
    {
        lock (_gate)
        {
            _suspectAt = rules.Time.GetTimestamp();
            return _suspectCell ??= new CellKeeper(CellOwner.Shared, rules);
        }
    }
}
