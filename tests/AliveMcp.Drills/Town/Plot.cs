using System.Globalization;
using System.Net;

namespace AliveMcp.Drills.Town;

/// <summary>
/// Where the n-th server of a manner lives: so many to a host, each host a loopback address of its own, as the prober is polite by host.
/// </summary>
/// <param name="Manner">Its street.</param>
/// <param name="Hosts">How many hosts the street has.</param>
internal readonly record struct Plot(Manner Manner, int Hosts)
{
    /// <summary>The host of a server.</summary>
    public IPAddress HostOf(int server) => Host(server % Hosts);

    public IPAddress Host(int number) =>
        new([127, (byte)Manner, (byte)(1 + (number / 250)), (byte)(1 + (number % 250))]);

    public string Url(int server, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"http://{HostOf(server)}:{port}/{server}");

    /// <summary>As the town's program reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Manner}:{Hosts}");

    public static Plot Parse(string text)
    {
        var parts = text.Split(':');
        return new Plot(Enum.Parse<Manner>(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
