using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Egress;

/// <summary>What came of one dial: a socket, which the caller owns, or a fault.</summary>
public sealed record Dial
{
    /// <summary>Connected, Nagle's algorithm off; null when <see cref="Fault"/> says why not.</summary>
    public Socket? Socket { get; init; }

    public DialFault Fault { get; init; }

    /// <summary>The address of the socket, or the last one tried.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>What resolving the name took; zero when an earlier dial had done it.</summary>
    public TimeSpan Resolve { get; init; }

    /// <summary>From the first connection attempt to the connection, dead addresses included.</summary>
    public TimeSpan Connect { get; init; }

    /// <summary>Addresses of the name that did not answer although another did.</summary>
    public int DeadAddresses { get; init; }
}
