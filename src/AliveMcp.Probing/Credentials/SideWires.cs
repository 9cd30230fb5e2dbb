using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// Ways of their own for what is not the probed conversation itself: the stranger's look, the sign-in metadata, the token endpoint.
/// They have the same limits and the same guard, share no connection with it, and their times and certificates are not the server's.
/// </summary>
internal sealed class SideWires(ProbeOrder order, WireMaker maker, CancellationToken caller) : IDisposable
{
    // Most probes need none.
    private List<(Wire Wire, Deadline Deadline)>? _open;

    /// <summary>Requests that went out by all of them.</summary>
    public int Requests => _open?.Sum(side => side.Wire.Requests) ?? 0;

    /// <param name="budget">How long this way may be used; no longer than the probe itself has left.</param>
    public Wire Open(TimeSpan budget, Func<Approach, Objection?>? objects)
    {
        var deadline = new Deadline(budget, maker.Clock, caller);
        var wire = maker.Make(order.Limits, deadline, objects);
        (_open ??= []).Add((wire, deadline));
        return wire;
    }

    public void Dispose()
    {
        foreach (var (wire, deadline) in _open ?? [])
        {
            wire.Dispose();
            deadline.Dispose();
        }
    }
}
