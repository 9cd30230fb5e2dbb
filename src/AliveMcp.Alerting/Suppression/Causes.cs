using System.Globalization;
using System.Net;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Suppression;

/// <summary>
/// What a server may have in common with others: <c>host:</c>, <c>parent:</c> names above it, <c>domain:</c>, which only a tenant's own
/// servers are put together by, as they are by <c>needs:</c>, the number of one of them that others depend on, <c>block:</c> of an address, and <c>issuer:</c> of a certificate, which explains failures of TLS alone and
/// puts only strangers' servers together. Pure.
/// </summary>
internal static class Causes
{
    private const string Needs = "needs:";

    /// <summary>Second labels under which a country's registry gives names out.</summary>
    private static readonly HashSet<string> Registries = new(
        ["ac", "co", "com", "edu", "gob", "gov", "go", "gouv", "mil", "ne", "net", "nom", "or", "org"],
        StringComparer.Ordinal
    );

    /// <param name="origin">Scheme, host and port, for example <c>https://a.example.com:443</c>.</param>
    /// <param name="blocks">Networks that its name was seen to lead to.</param>
    /// <param name="issuer">Who signed its certificate; null: not known.</param>
    /// <param name="needs">Servers of its tenant that it depends on, itself where others depend on it.</param>
    public static IReadOnlyList<string> Of(
        string origin,
        IReadOnlyCollection<string> blocks,
        string? issuer,
        IReadOnlyCollection<int> needs
    )
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var url))
        {
            return [];
        }

        var host = url.IdnHost.ToLowerInvariant().TrimEnd('.');
        var above = IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? [$"block:{AddressBlock.Of(address)}"]
            : Above(host);

        // One machine explains more than one server on it; what their owner says explains better than what names and networks hint at.
        return
        [
            .. needs
                .Order()
                .Select(OfServer)
                .Prepend($"host:{host}")
                .Concat(above)
                .Concat(blocks.Order(StringComparer.Ordinal).Select(block => $"block:{block}"))
                .Concat(issuer is null ? [] : [$"issuer:{issuer}"])
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>A region of ours.</summary>
    public static string OfRegion(string region) => $"region:{region}";

    /// <summary>A server that others of its tenant depend on.</summary>
    public static string OfServer(int server) => string.Create(CultureInfo.InvariantCulture, $"{Needs}{server}");

    /// <summary>The server that a cause is; null: it is another cause.</summary>
    public static int? Server(string cause) =>
        cause.StartsWith(Needs, StringComparison.Ordinal)
            ? int.Parse(cause.AsSpan(Needs.Length), CultureInfo.InvariantCulture)
            : null;

    public static bool IsRegion(string cause) => cause.StartsWith("region:", StringComparison.Ordinal);

    /// <summary>As people are told it: a name is what they typed themselves; an address is never shown.</summary>
    /// <param name="cause">One that <see cref="Of"/> gave.</param>
    /// <param name="names">Of the tenant's servers that others depend on.</param>
    public static string Shown(string cause, IReadOnlyDictionary<int, string>? names = null)
    {
        var (kind, name) = (
            cause[..cause.IndexOf(':', StringComparison.Ordinal)],
            cause[(cause.IndexOf(':', StringComparison.Ordinal) + 1)..]
        );
        return kind switch
        {
            "block" => "one network",
            "issuer" => $"certificates of {name}",
            "host" when IPAddress.TryParse(name.Trim('[', ']'), out _) => "one address",
            "region" => $"our region {name}",
            "needs" => names?.GetValueOrDefault(Server(cause)!.Value) is { } server
                ? SafeText.Of(server, 120)
                : "one server",
            _ => name,
        };
    }

    /// <summary>How many servers it hit, for people.</summary>
    public static string Counted(string cause, int servers, IReadOnlyDictionary<int, string>? names = null)
    {
        var many = FormattableString.Invariant($"{servers} server{(servers == 1 ? "" : "s")}");
        return IsRegion(cause)
            ? $"{many} seen to fail from {cause["region:".Length..]} alone"
            : $"{many} behind {Shown(cause, names)}";
    }

    /// <summary>Whether strangers' failures may be put together by it.</summary>
    public static bool IsShared(string cause) =>
        !cause.StartsWith("domain:", StringComparison.Ordinal) && Server(cause) is null;

    /// <summary>Whether a tenant's own failures may be put together by it.</summary>
    public static bool IsOwn(string cause) => !IsIssuer(cause);

    /// <summary>Whether it can be what a failure came of.</summary>
    public static bool Explains(string cause, Why why) =>
        !IsIssuer(cause) || WhyWords.LayerOf(why, failedAt: null) == FailureLayer.Tls;

    private static bool IsIssuer(string cause) => cause.StartsWith("issuer:", StringComparison.Ordinal);

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
}
