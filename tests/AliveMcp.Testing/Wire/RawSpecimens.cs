using System.Net.Sockets;
using System.Text;

namespace AliveMcp.Testing.Wire;

/// <summary>Sockets that say what no HTTP server would say.</summary>
public static class RawSpecimens
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    /// <summary>Never ends its headers: one more every few milliseconds, each small.</summary>
    public static RawServer DripsHeaders() =>
        RawServer.Start(
            async (socket, stopping) =>
            {
                await socket.ReceiveAsync(new byte[8192], stopping);
                await SayAsync(socket, "HTTP/1.1 200 OK\r\n", stopping);
                for (var i = 0; !stopping.IsCancellationRequested; i++)
                {
                    await SayAsync(socket, $"X-{i}: y\r\n", stopping);
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stopping);
                }
            }
        );

    /// <summary>Never ends its body: one byte every few milliseconds, so that no idle time-out ever strikes.</summary>
    public static RawServer DripsBody() =>
        RawServer.Start(
            async (socket, stopping) =>
            {
                await socket.ReceiveAsync(new byte[8192], stopping);
                await SayAsync(socket, Head + "Content-Length: 1000000\r\n\r\n{", stopping);
                while (!stopping.IsCancellationRequested)
                {
                    await SayAsync(socket, " ", stopping);
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stopping);
                }
            }
        );

    /// <summary>Answers with one early hint after the other and never with the answer.</summary>
    public static RawServer HintsForEver() =>
        RawServer.Start(
            async (socket, stopping) =>
            {
                await socket.ReceiveAsync(new byte[8192], stopping);
                while (!stopping.IsCancellationRequested)
                {
                    await SayAsync(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", stopping);
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stopping);
                }
            }
        );

    /// <summary>A healthy server whose answers come behind a 100 and a 103, in chunks with trailers behind them.</summary>
    public static RawServer HintsAndTrails() => RawServer.Start(HintAsync);

    /// <summary>Speaks nothing but HTTP/2 with prior knowledge on a plain port.</summary>
    public static RawServer OnlyHttp2() =>
        RawServer.Start(
            async (socket, stopping) =>
            {
                await socket.ReceiveAsync(new byte[8192], stopping);
                // SETTINGS, then GOAWAY with PROTOCOL_ERROR: the connection preface was not ours.
                byte[] frames =
                [
                    .. new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 },
                    .. new byte[] { 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 },
                ];
                await socket.SendAsync(frames, stopping);
            }
        );

    private static async Task HintAsync(Socket socket, CancellationToken stopping)
    {
        var buffer = new byte[8192];
        while (await ReadRequestAsync(socket, buffer, stopping) is { } request)
        {
            var body = request switch
            {
                _ when request.Contains("\"notifications/", StringComparison.Ordinal) => "",
                _ when request.Contains("\"initialize\"", StringComparison.Ordinal) =>
                    """{"jsonrpc":"2.0","id":2,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"raw","version":"1"}}}""",
                _ when request.Contains("\"tools/list\"", StringComparison.Ordinal) =>
                    $$$"""{"jsonrpc":"2.0","id":3,"result":{"tools":[{{{FakeTools.Numbered(1)}}}]}}""",
                _ => """{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}""",
            };
            await SayAsync(
                socket,
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
                stopping
            );
            await SayAsync(
                socket,
                body.Length == 0
                    ? "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
                    : Head
                        + "Trailer: Server-Timing\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + $"{Encoding.UTF8.GetByteCount(body):x}\r\n{body}\r\n0\r\nServer-Timing: db;dur=53\r\n\r\n",
                stopping
            );
        }
    }

    private static async Task<string?> ReadRequestAsync(Socket socket, byte[] buffer, CancellationToken stopping)
    {
        var text = new StringBuilder();
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, stopping);
            if (count == 0)
            {
                return null;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && request.Length - end - 4 >= LengthOf(request))
            {
                return request;
            }
        }
    }

    private static int LengthOf(string request)
    {
        const string name = "Content-Length: ";
        var at = request.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return 0;
        }

        var digits = request.AsSpan(at + name.Length);
        return int.Parse(digits[..digits.IndexOf('\r')], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task SayAsync(Socket socket, string text, CancellationToken stopping) =>
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), stopping);
}
