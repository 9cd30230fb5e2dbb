using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AliveMcp.Drills.Town;

/// <summary>One host of the town: speaks just enough HTTP and MCP (initialize era, no sessions) for a probe, as cheaply as it can.</summary>
internal sealed class TownServer(Manner manner, ArrivalBook book, StreetGate gate)
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(1);
    private const string Initialized = """
        {"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"town","version":"1.0.0"}}
        """;

    public void Listen(IPAddress address, int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(512);
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            var socket = await listener.AcceptAsync();
            _ = ServeAsync(socket);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            if (gate.IsShut(((IPEndPoint)socket.RemoteEndPoint!).Address))
            {
                await gate.HoldAsync();
                return;
            }

            var held = 0;
            while (await ReadAsync(socket, buffer, held) is { } request)
            {
                await AnswerAsync(socket, request);
                held = 0;
            }
        }
        catch (SocketException)
        {
            // Whoever came has left.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            socket.Dispose();
        }
    }

    /// <returns>The whole request as text; null at the end.</returns>
    private async Task<string?> ReadAsync(Socket socket, byte[] buffer, int held)
    {
        while (held < buffer.Length)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(held));
            if (read == 0)
            {
                return null;
            }

            held += read;
            var head = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && held >= head + 4 + BodyLength(buffer.AsSpan(0, head)))
            {
                return Encoding.ASCII.GetString(buffer, 0, held);
            }
        }

        return null;
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return 0;
        }

        var rest = head[(at + 16)..];
        var end = rest.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private async Task AnswerAsync(Socket socket, string request)
    {
        if (request.Contains("\"initialize\"", StringComparison.Ordinal))
        {
            book.Note(ServerOf(request));
        }

        if (manner == Manner.Hanging)
        {
            await gate.HoldAsync();
            return;
        }

        if (manner == Manner.Slow)
        {
            await Task.Delay(Slowness, TimeProvider.System);
        }

        await SendAsync(socket, AnswerTo(request));
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> answer)
    {
        while (!answer.IsEmpty)
        {
            answer = answer[await socket.SendAsync(answer)..];
        }
    }

    private byte[] AnswerTo(string request) =>
        request.Contains("\"initialize\"", StringComparison.Ordinal)
            ? Result(request, Encoding.ASCII.GetBytes(Initialized))
        : request.Contains("\"tools/list\"", StringComparison.Ordinal)
            ? Result(request, manner == Manner.Heavy ? TownList.Heavy : TownList.Answer)
        : request.Contains("\"id\"", StringComparison.Ordinal) ? Message(400, Refusal)
        : "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private static byte[] Refusal =>
        """{"jsonrpc":"2.0","id":null,"error":{"code":-32601,"message":"Method not found"}}"""u8.ToArray();

    private static byte[] Result(string request, byte[] result)
    {
        var at = request.IndexOf("\"id\":", StringComparison.Ordinal) + 5;
        var end = request.IndexOfAny([',', '}'], at);
        var head = Encoding.ASCII.GetBytes($$"""{"jsonrpc":"2.0","id":{{request[at..end]}},"result":""");
        return Message(200, [.. head, .. result, (byte)'}']);
    }

    private static byte[] Message(int status, byte[] body) =>
        [
            .. Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
                )
            ),
            .. body,
        ];

    /// <summary>The path is the server's number.</summary>
    private static int ServerOf(string request)
    {
        var end = request.IndexOf(' ', 6);
        return int.TryParse(request.AsSpan(6, end - 6), NumberStyles.None, CultureInfo.InvariantCulture, out var server)
            ? server
            : 0;
    }
}
