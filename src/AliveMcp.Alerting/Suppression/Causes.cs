using System.Net;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Suppression;

/// <summary>
/// What a server may have in common with others: <c>host:</c>, <c>parent:</c> names above it, <c>domain:</c>, which only a tenant's own
/// servers are put together by, <c>block:</c> of an address, and <c>issuer:</c> of a certificate, which explains failures of TLS alone and
/// puts only strangers' servers together. Pure.
/// </summary>
internal static class Causes
{
    /// <summary>Second labels under which a country's registry gives names out.</summary>
    private static readonly HashSet<string> Registries = new(
        ["ac", "co", "com", "edu", "gob", "gov", "go", "gouv", "mil", "ne", "net", "nom", "or", "org"],
        StringComparer.Ordinal
    );

    /// <param name="origin">Scheme, host and port, for example <c>https://a.example.com:443</c>.</param>
    /// <param name="blocks">Networks that its name was seen to lead to.</param>
    /// <param name="issuer">Who signed its certificate; null: not known.</param>
    public static IReadOnlyList<string> Of(string origin, IReadOnlyCollection<string> blocks, string? issuer)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var url))
        {
            return [];
        }

        var host = url.IdnHost.ToLowerInvariant().TrimEnd('.');
        var names = IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? [$"host:{host}", $"block:{AddressBlock.Of(address)}"]
            : (string[])[$"host:{host}", .. Above(host)];
        return
        [
            .. names
                .Concat(blocks.Order(StringComparer.Ordinal).Select(block => $"block:{block}"))
                .Concat(issuer is null ? [] : [$"issuer:{issuer}"])
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>A region of ours.</summary>
    public static string OfRegion(string region) => $"region:{region}";

    public static bool IsRegion(string cause) => cause.StartsWith("region:", StringComparison.Ordinal);

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
            "issuer" => $"certificates of {name}",
            "host" when IPAddress.TryParse(name.Trim('[', ']'), out _) => "one address",
            "region" => $"our region {name}",
            _ => name,
        };
    }

    /// <summary>How many servers it hit, for people.</summary>
    public static string Counted(string cause, int servers)
    {
        var many = FormattableString.Invariant($"{servers} server{(servers == 1 ? "" : "s")}");
        return IsRegion(cause)
            ? $"{many} seen to fail from {cause["region:".Length..]} alone"
            : $"{many} behind {Shown(cause)}";
    }

    /// <summary>Whether strangers' failures may be put together by it.</summary>
    public static bool IsShared(string cause) => !cause.StartsWith("domain:", StringComparison.Ordinal);

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
