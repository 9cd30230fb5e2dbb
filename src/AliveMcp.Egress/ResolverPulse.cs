using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AliveMcp.Egress;

/// <summary>
/// Tells whether this machine's name servers answer anything at all: they are asked for the root's own name servers, and whatever comes back,
/// a refusal included, is a sign of life. Where they are not listed in <c>/etc/resolv.conf</c>, nothing can be told, and the name is blamed as before.
/// </summary>
internal static class ResolverPulse
{
    private const string ListedIn = "/etc/resolv.conf";
    private const int Port = 53;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Task<bool> IsHeardAsync(CancellationToken cancellationToken) =>
        IsHeardAsync([.. Listed().Select(address => new IPEndPoint(address, Port))], cancellationToken);

    /// <summary>Whether one of these answers; true when there are none to ask.</summary>
    public static async Task<bool> IsHeardAsync(IReadOnlyList<IPEndPoint> servers, CancellationToken cancellationToken)
    {
        if (servers.Count == 0)
        {
            return true;
        }

        var heard = await Task.WhenAll(servers.Select(server => IsHeardAsync(server, cancellationToken)));
        return heard.Contains(true);
    }

    private static async Task<bool> IsHeardAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(server, limit.Token);
            await socket.SendAsync(Question(), limit.Token);
            return await socket.ReceiveAsync(new byte[512], limit.Token) > 0;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    // One question, recursion desired: the name servers (2) of the root, class IN (1). RFC 1035, section 4.
    private static byte[] Question() =>
        [.. RandomNumberGenerator.GetBytes(2), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1];

    private static IEnumerable<IPAddress> Listed()
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(ListedIn);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var line in lines)
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var text, ..] && IPAddress.TryParse(text, out var address))
            {
                yield return address;
            }
        }
    }
}
