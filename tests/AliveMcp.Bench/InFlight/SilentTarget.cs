using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Bench.InFlight;

/// <summary>
/// Takes connections and never answers, or opens an event stream and says nothing on it. Prints both ports; says how many connections
/// it has seen whenever a line comes in.
/// </summary>
internal static class SilentTarget
{
    private static int _seen;

    public static async Task<int> RunAsync()
    {
        var silent = Listen();
        var streaming = Listen();
        _ = AcceptAsync(silent, _ => Task.CompletedTask);
        _ = AcceptAsync(streaming, OpenStreamAsync);
        Console.WriteLine($"{Port(silent)} {Port(streaming)}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(Volatile.Read(ref _seen).ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 1024);
        return listener;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task AcceptAsync(TcpListener listener, Func<Socket, Task> greetAsync)
    {
        var kept = new List<Socket>();
        while (true)
        {
            var guest = await listener.AcceptSocketAsync();
            kept.Add(guest);
            await greetAsync(guest);
            Interlocked.Increment(ref _seen);
        }
    }

    private static async Task OpenStreamAsync(Socket guest)
    {
        var request = new byte[4096];
        await guest.ReceiveAsync(request);
        await guest.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n: .\n\r\n"u8.ToArray()
        );
    }
}
