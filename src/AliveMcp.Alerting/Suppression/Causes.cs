using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Alerting.Suppression;

/// <summary>
/// What a server may have in common with others, the most specific first: <c>host:</c>, <c>block:</c> of an address, <c>parent:</c> names
/// above its host, and <c>domain:</c>, which only a tenant's own servers are put together by. Pure.
/// </summary>
internal static class Causes
{
    /// <summary>Second labels under which a country's registry gives names out.</summary>
    private static readonly HashSet<string> Registries = new(
        ["ac", "co", "com", "edu", "gob", "gov", "go", "gouv", "mil", "ne", "net", "nom", "or", "org"],
        StringComparer.Ordinal
    );

    /// <param name="origin">Scheme, host and port, for example <c>https://a.example.com:443</c>.</param>
    public static IReadOnlyList<string> Of(string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var url))
        {
            return [];
        }

        var host = url.IdnHost.ToLowerInvariant().TrimEnd('.');
        return IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? [$"host:{host}", $"block:{Block(address)}"]
            : [$"host:{host}", .. Above(host)];
    }

    /// <summary>A region of ours.</summary>
    public static string OfRegion(string region) => $"region:{region}";

    /// <summary>As people are told it: a name is what they typed themselves; an address is never shown.</summary>
    public static string Shown(string cause)
    {
        var (kind, name) = (
            cause[..cause.IndexOf(':', StringComparison.Ordinal)],
            cause[(cause.IndexOf(':', StringComparison.Ordinal) + 1)..]
        );
        return kind switch
        {
            "block" => "one network",
            "host" when IPAddress.TryParse(name.Trim('[', ']'), out _) => "one address",
            "region" => $"our region {name}",
            _ => name,
        };
    }

    /// <summary>Whether strangers' failures may be put together by it.</summary>
    public static bool IsShared(string cause) => !cause.StartsWith("domain:", StringComparison.Ordinal);

    private static IEnumerable<string> Above(string host)
    {
        var labels = host.Split('.');
        var below = labels.Length - SuffixLabels(labels);
        for (var cut = 1; below - cut >= 2; cut++)
        {
            yield return "parent:" + string.Join('.', labels[cut..]);
        }

        if (below >= 1)
        {
            yield return "domain:" + string.Join('.', labels[(below - 1)..]);
        }
    }

    /// <summary>
    /// A rule in place of the public suffix list: the last label, and the one before under a country where it is a registry's word. Taken
    /// too short it can only make a cause narrower than the name somebody registered by one label, which two labels below it allow for.
    /// </summary>
    private static int SuffixLabels(string[] labels) =>
        labels.Length >= 2 && labels[^1].Length == 2 && Registries.Contains(labels[^2]) ? 2 : 1;

    private static string Block(IPAddress address)
    {
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, kept, bytes.Length - kept);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{kept * 8}");
    }
}
