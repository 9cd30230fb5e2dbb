using System.Net;
using AliveMcp.Egress;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>
/// Refuses what can be seen to lead to a closed address without asking anybody: numbers, and names that mean this machine.
/// Other names are looked up by the prober, at every probe, and guarded there.
/// </summary>
internal static class AddressRule
{
    public static IEnumerable<Problem> Check(IEnumerable<FileEntry> entries, EgressGuard guard) =>
        from entry in entries
        from named in UrlsOf(entry)
        let address = AddressOf(named.Url)
        where address is not null && !guard.MayDial(address, named.Url.Port)
        let kind = EgressGuard.Classify(address).ToString().ToLowerInvariant()
        select FileProblems.AddressClosed(entry, named.Field, named.Url, address.ToString(), kind);

    private static IEnumerable<(string Field, Uri Url)> UrlsOf(FileEntry entry) =>
        entry.Health is { } health
            ? [("url", entry.Url.Uri), ("health.url", health.Check.Url)]
            : [("url", entry.Url.Uri)];

    private static IPAddress? AddressOf(Uri uri)
    {
        if (IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address))
        {
            return address;
        }

        var host = uri.IdnHost.TrimEnd('.');
        return
            host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.Loopback
            : null;
    }
}
