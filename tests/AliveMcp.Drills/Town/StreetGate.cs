using System.Collections.Concurrent;
using System.Net;

namespace AliveMcp.Drills.Town;

/// <summary>Shuts the whole town for visitors from one address: what a region sees whose own line is cut.</summary>
internal sealed class StreetGate
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<IPAddress, bool> _shut = new();

    public bool IsShut(IPAddress visitor) => !_shut.IsEmpty && _shut.ContainsKey(visitor);

    public void Shut(IPAddress visitor) => _shut[visitor] = true;

    public void Open(IPAddress visitor) => _shut.TryRemove(visitor, out _);

    /// <summary>Says nothing for longer than any probe waits.</summary>
    public Task HoldAsync() => Task.Delay(Held, TimeProvider.System);
}
