using System.Globalization;

namespace AliveMcp.Demo;

/// <summary>The command line of the demo.</summary>
/// <param name="Ports">One loopback port for each server, in the order of <see cref="DemoServers"/>; 0 is any free one.</param>
/// <param name="ExitWithStdin">Whether the end of standard input ends the program.</param>
internal sealed record DemoOptions(IReadOnlyList<int> Ports, bool ExitWithStdin)
{
    public const string Usage =
        "usage: AliveMcp.Demo [--ports 0|FIRST|P1,P2,…] [--exit-with-stdin]\n"
        + "  --ports 0            any free ports (default)\n"
        + "  --ports FIRST        FIRST and the ports after it\n"
        + "  --ports P1,P2,…      one for each server\n"
        + "  --exit-with-stdin    end when standard input ends";

    public static bool TryParse(string[] args, out DemoOptions options, out string problem)
    {
        options = new DemoOptions(Spread([0]), ExitWithStdin: false);
        problem = "";
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--exit-with-stdin":
                    options = options with { ExitWithStdin = true };
                    break;
                case "--ports" when at + 1 < args.Length && TryPorts(args[at + 1], out var ports):
                    options = options with { Ports = ports };
                    at++;
                    break;
                case "--ports":
                    problem = $"--ports takes 0, one port or {DemoServers.Count} ports between 1 and 65535.";
                    return false;
                default:
                    problem = $"'{args[at]}' is not an option.";
                    return false;
            }
        }

        return true;
    }

    private static bool TryPorts(string text, out IReadOnlyList<int> ports)
    {
        var given = new List<int>();
        ports = given;
        foreach (var part in text.Split(','))
        {
            if (!ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                return false;
            }

            given.Add(port);
        }

        if (given.Count is not 1)
        {
            return given.Count == DemoServers.Count;
        }

        ports = Spread(given);
        return ports[^1] <= ushort.MaxValue;
    }

    private static int[] Spread(List<int> first) =>
        [.. Enumerable.Range(0, DemoServers.Count).Select(at => first[0] == 0 ? 0 : first[0] + at)];
}
