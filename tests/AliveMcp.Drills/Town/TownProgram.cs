using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Town;

/// <summary>
/// The watched servers, in a process of their own. Prints its port; then obeys, line by line: <c>clear</c>, <c>tell</c>,
/// <c>shut ADDRESS</c>, <c>open ADDRESS</c>; ends with its standard input.
/// </summary>
internal static class TownProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var book = new ArrivalBook(Region.Of(arguments[0]), TimeProvider.System);
        var ignored = new ArrivalBook(Region.Of(arguments[0]), TimeProvider.System);
        var gate = new StreetGate();
        var port = FreePort();
        foreach (var plot in arguments.Skip(1).Select(Plot.Parse).Where(plot => plot.Manner != Manner.Refused))
        {
            for (var host = 0; host < plot.Hosts; host++)
            {
                var server = new TownServer(plot.Manner, plot.Manner == Manner.Healthy ? book : ignored, gate);
                server.Listen(plot.Host(host), port);
            }
        }

        Console.WriteLine(port.ToString(CultureInfo.InvariantCulture));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(Obey(line, book, gate));
        }

        return 0;
    }

    private static string Obey(string line, ArrivalBook book, StreetGate gate)
    {
        switch (line.Split(' '))
        {
            case ["clear"]:
                book.Clear();
                return "done";
            case ["tell"]:
                return book.Tell();
            case ["shut", var address]:
                gate.Shut(IPAddress.Parse(address));
                return "done";
            case ["open", var address]:
                gate.Open(IPAddress.Parse(address));
                return "done";
            default:
                return "what?";
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
