using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Testing.Wire;

/// <summary>A socket that says what it is told, for what no HTTP server would say.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _accepted;

    private RawServer(Func<Socket, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        Url = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, "/mcp").Uri;
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>Connections taken so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Serves each connection by a function; the socket is closed behind it.</summary>
    public static RawServer Start(Func<Socket, CancellationToken, Task> serve) => new(serve);

    /// <summary>Reads a request, then says this and closes. What still comes is read to its end: bytes that nobody read would reset the connection.</summary>
    public static RawServer Saying(string text) =>
        new(
            async (socket, stopping) =>
            {
                var buffer = new byte[8192];
                await socket.ReceiveAsync(buffer, stopping);
                await socket.SendAsync(System.Text.Encoding.Latin1.GetBytes(text), stopping);
                socket.Shutdown(SocketShutdown.Send);
                while (await socket.ReceiveAsync(buffer, stopping) > 0)
                {
                    // Until the client closes, too.
                }
            }
        );

    /// <summary>Takes connections and never says a word.</summary>
    public static RawServer Silent() =>
        new((_, stopping) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping));

    /// <summary>Resets each connection as soon as it asks something.</summary>
    public static RawServer Resetting() =>
        new(
            async (socket, stopping) =>
            {
                await socket.ReceiveAsync(new byte[1], stopping);
                socket.LingerState = new LingerOption(true, 0);
            }
        );

    /// <summary>An URL on which nothing listens.</summary>
    public static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new UriBuilder("http", "127.0.0.1", port, "/mcp").Uri;
    }

    public async ValueTask DisposeAsync()
    {
        // The loop ends before the listener does: asking a stopped listener for the next connection is an error.
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _accepted);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await _serve(socket, _stopping.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The client left first, or the test is over.
        }

        socket.Dispose();
    }
}
