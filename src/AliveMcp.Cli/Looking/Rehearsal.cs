using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Looking;

/// <summary>
/// One probe of a server of our own, on the loopback, before the real one. A process that has just started compiles as it goes,
/// and without this the stranger's server would be charged for it: more than a hundred milliseconds of connect and handshake.
/// </summary>
internal static class Rehearsal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly byte[] Refusal =
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    /// <summary>Takes its time at most; whatever goes wrong in it does not matter.</summary>
    public static async Task RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            var allowed = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1/32:{port}");
            var probe = new ServerProbe(new EgressGuard(new EgressOptions { Allow = [allowed] }), time);
            var order = new ProbeOrder
            {
                Url = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port, "mcp").Uri,
                Limits = new ProbeLimits { Total = Patience },
            };

            var served = RefuseAsync(listener, cancellationToken);
            await probe.ProbeAsync(order, cancellationToken);
            listener.Stop();
            await served;
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException) { }
    }

    private static async Task RefuseAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var client = await listener.AcceptTcpClientAsync(cancellationToken);
        await using var stream = client.GetStream();
        var request = new byte[4096];
        while (await stream.ReadAsync(request, cancellationToken) is var read and > 0)
        {
            if (request.AsSpan(0, read).IndexOf("\"method\""u8) >= 0)
            {
                await stream.WriteAsync(Refusal, cancellationToken);
            }
        }
    }
}
