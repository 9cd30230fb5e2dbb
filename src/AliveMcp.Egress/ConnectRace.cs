using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Egress;

/// <summary>Connects to the first address that answers (RFC 8305, section 5): a new attempt every 250 ms or as soon as one fails.</summary>
internal sealed class ConnectRace(IPAddress[] addresses, int port, TimeSpan budget, TimeProvider clock)
{
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    // A name with more addresses than this is not better reachable for it.
    private const int MostAddresses = 16;

    // Linux: the port is chosen when connecting, by both ends' addresses; otherwise one source address runs out of ports.
    private const int IpLevel = 0;
    private const int BindAddressNoPort = 24;

    private DialFault _worst = DialFault.NoRoute;
    private int _dead;

    /// <summary>Where a connection goes out from; null leaves it to the system.</summary>
    public Func<IPAddress, IPAddress?>? SourceTo { get; init; }

    public async Task<Dial> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(budget, clock);
        using var calledOff = cancellationToken.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).Cancel(),
            limit
        );
        var dial = addresses.Length == 1 ? await OnlyAsync(limit.Token) : await AllAsync(limit);
        cancellationToken.ThrowIfCancellationRequested();
        return dial;
    }

    private async Task<Dial> OnlyAsync(CancellationToken limit)
    {
        var (socket, fault) = await ConnectAsync(addresses[0], limit);
        return new Dial
        {
            Socket = socket,
            Fault = fault,
            Address = addresses[0],
        };
    }

    private async Task<Dial> AllAsync(CancellationTokenSource limit)
    {
        var running = new List<Task<(Socket? Socket, DialFault Fault, IPAddress Address)>>();
        var next = 0;
        var count = Math.Min(addresses.Length, MostAddresses);
        while (next < count || running.Count > 0)
        {
            if (next < count)
            {
                running.Add(AttemptAsync(addresses[next++], limit.Token));
            }

            var ended = await FirstEndedAsync(running, next < count, limit.Token);
            if (ended is null)
            {
                continue;
            }

            running.Remove(ended);
            var (socket, fault, address) = await ended;
            if (socket is not null)
            {
                await limit.CancelAsync();
                await CloseAsync(running);
                return new Dial
                {
                    Socket = socket,
                    Address = address,
                    DeadAddresses = _dead,
                };
            }

            _dead++;
            _worst = Worse(_worst, fault);
        }

        return new Dial { Fault = _worst, Address = addresses[0] };
    }

    private async Task<Task<(Socket? Socket, DialFault Fault, IPAddress Address)>?> FirstEndedAsync(
        List<Task<(Socket? Socket, DialFault Fault, IPAddress Address)>> running,
        bool moreToCome,
        CancellationToken limit
    )
    {
        var first = Task.WhenAny(running);
        if (!moreToCome)
        {
            return await first;
        }

        var delay = Task.Delay(Stagger, clock, limit);
        return await Task.WhenAny(first, delay) == first ? await first : null;
    }

    private async Task<(Socket? Socket, DialFault Fault, IPAddress Address)> AttemptAsync(
        IPAddress address,
        CancellationToken limit
    )
    {
        var (socket, fault) = await ConnectAsync(address, limit);
        return (socket, fault, address);
    }

    private async Task<(Socket? Socket, DialFault Fault)> ConnectAsync(IPAddress address, CancellationToken limit)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (SourceTo?.Invoke(address) is { } source)
            {
                Bind(socket, source);
            }

            await socket.ConnectAsync(new IPEndPoint(address, port), limit);
            return (socket, DialFault.None);
        }
        catch (OperationCanceledException)
        {
            socket?.Dispose();
            return (null, DialFault.TimedOut);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return (null, FaultOf(e.SocketErrorCode));
        }
    }

    private static void Bind(Socket socket, IPAddress source)
    {
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(IpLevel, BindAddressNoPort, BitConverter.GetBytes(1));
        }

        socket.Bind(new IPEndPoint(source, 0));
    }

    private static async Task CloseAsync(List<Task<(Socket? Socket, DialFault Fault, IPAddress Address)>> losers)
    {
        foreach (var loser in losers)
        {
            (await loser).Socket?.Dispose();
        }
    }

    /// <summary>Whose fault an error is; what is not known to come from the network or the target is ours.</summary>
    internal static DialFault FaultOf(SocketError error) =>
        error switch
        {
            SocketError.ConnectionRefused => DialFault.Refused,
            SocketError.ConnectionReset or SocketError.ConnectionAborted => DialFault.Reset,
            // "Network unreachable" is our own routing table speaking; "host unreachable" is the target's side.
            SocketError.NetworkUnreachable or SocketError.NetworkDown => DialFault.NoRoute,
            SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported => DialFault.NoFamily,
            SocketError.TimedOut or SocketError.HostUnreachable or SocketError.HostDown or SocketError.ProtocolOption =>
                DialFault.TimedOut,
            _ => DialFault.Unfit,
        };

    // What the target said outweighs silence, silence outweighs our own lack of a route or family.
    // An address that we were unfit to try might have answered: that outweighs all.
    internal static DialFault Worse(DialFault one, DialFault other) => Weight(one) >= Weight(other) ? one : other;

    private static int Weight(DialFault fault) =>
        fault switch
        {
            DialFault.Unfit => 5,
            DialFault.Refused => 4,
            DialFault.Reset => 3,
            DialFault.TimedOut => 2,
            DialFault.NoFamily => 1,
            _ => 0,
        };
}
