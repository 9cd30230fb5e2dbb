using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Egress;

/// <summary>
/// Dials one host for one probe. The name is resolved once; every address is checked at dial time and the connection goes to that very address.
/// Not thread-safe: one dialer, one probe.
/// </summary>
/// <param name="resolve">Turns a name into addresses; null asks the operating system.</param>
public sealed class EgressDialer(
    EgressGuard guard,
    TimeProvider clock,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null
)
{
    private string? _name;
    private IPAddress[] _addresses = [];

    /// <summary>What the name led to, before any address was tried; empty while it was not resolved.</summary>
    public IReadOnlyList<IPAddress> Found { get; private set; } = [];

    /// <summary>Called between resolving and connecting, so that a time-out can be blamed on the right phase.</summary>
    public Action? Resolved { get; set; }

    /// <summary>What an address must satisfy beside the guard; null (the default) asks for no more. Checked before anything is dialled.</summary>
    public Predicate<IPAddress>? Admits { get; set; }

    /// <summary>Connects within the budget. Never throws for what the network does, only for the caller's own cancellation.</summary>
    /// <param name="budget">For all addresses together; resolving is not in it, the caller's token bounds that.</param>
    public async ValueTask<Dial> DialAsync(string host, int port, TimeSpan budget, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var fault = await ResolveAsync(host, cancellationToken);
        var resolved = clock.GetTimestamp();
        var resolveTook = clock.GetElapsedTime(began, resolved);
        if (fault != DialFault.None)
        {
            return new Dial { Fault = fault, Resolve = resolveTook };
        }

        Resolved?.Invoke();
        var allowed = Array.FindAll(
            _addresses,
            address => guard.MayDial(address, port) && (Admits is null || Admits(address))
        );
        if (allowed.Length == 0)
        {
            return new Dial
            {
                Fault = DialFault.NotAllowed,
                Resolve = resolveTook,
                Address = _addresses[0],
            };
        }

        var race = new ConnectRace(AddressOrder.Interleave(allowed), port, budget, clock) { SourceTo = guard.SourceTo };
        var dial = await race.RunAsync(cancellationToken);
        if (dial.Address is { } address && dial.Fault == DialFault.None)
        {
            // The next connection of this probe goes to the address that answered.
            _addresses = [address];
        }

        return dial with
        {
            Resolve = resolveTook,
            Connect = clock.GetElapsedTime(resolved),
        };
    }

    private async ValueTask<DialFault> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (string.Equals(_name, host, StringComparison.OrdinalIgnoreCase))
        {
            return DialFault.None;
        }

        if (IPAddress.TryParse(host, out var literal))
        {
            (_name, _addresses, Found) = (host, [literal], [literal]);
            return DialFault.None;
        }

        try
        {
            var found = resolve is null
                ? await SystemResolver.Shared.ResolveAsync(host, cancellationToken)
                : await resolve(host, cancellationToken);
            if (found.Length == 0)
            {
                return DialFault.NameWithoutAddress;
            }

            (_name, _addresses, Found) = (host, found, found);
            return DialFault.None;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.HostNotFound => DialFault.NameNotFound,
                SocketError.NoData => DialFault.NameWithoutAddress,
                _ => DialFault.NameFailed,
            };
        }
        catch (ResolverFaultException)
        {
            return DialFault.ResolverUnfit;
        }
        catch (ArgumentException)
        {
            // A label or name longer than DNS allows.
            return DialFault.NameNotFound;
        }
    }
}
