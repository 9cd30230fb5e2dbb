using System.Globalization;
using System.Net;

namespace AliveMcp.Egress;

/// <summary>One opened range: a network and one port, or every port (null).</summary>
internal readonly record struct AllowedRange(IPNetwork Network, int? Port)
{
    public static bool TryParse(string? text, out AllowedRange range)
    {
        range = default;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0)
        {
            return false;
        }

        // An IPv6 network is bracketed before its prefix length, as its own colons would hide the port's.
        var network = text.AsSpan(0, colon);
        var bracketed = network[0] == '[' && network.Contains(']');
        var cidr = bracketed
            ? network.ToString().Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            : network.ToString();
        if (!cidr.Contains('/', StringComparison.Ordinal) || cidr.Contains(':', StringComparison.Ordinal) != bracketed)
        {
            return false;
        }

        var port = text.AsSpan(colon + 1);
        int? number = null;
        if (port is not "*")
        {
            if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed == 0)
            {
                return false;
            }

            number = parsed;
        }

        if (!IPNetwork.TryParse(cidr, out var parsedNetwork))
        {
            return false;
        }

        range = new AllowedRange(parsedNetwork, number);
        return true;
    }

    public bool Holds(IPAddress address, int port) => (Port is null || Port == port) && Network.Contains(address);
}
