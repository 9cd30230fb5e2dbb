using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AliveMcp.Host.Embedded;

/// <summary>Ports of 127.0.0.1.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that the system says is free. Somebody may take it before it is used.</summary>
    public static int FindFree()
    {
        // Below the range from which the system takes the ports of outgoing connections: a port that is kept for the next start
        // is then not taken by a passing one.
        for (var attempt = 0; attempt < 64; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 32_000);
            if (IsFree(port))
            {
                return port;
            }
        }

        using var socket = Open();
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static bool IsFree(int port)
    {
        using var socket = Open();
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Whether this machine has that address.</summary>
    public static bool Has(IPAddress address)
    {
        using var socket = Open();
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Socket Open() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
