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
        let address = AddressOf(entry.Url.Uri)
        where address is not null && !guard.MayDial(address, entry.Url.Uri.Port)
        let kind = EgressGuard.Classify(address).ToString().ToLowerInvariant()
        select FileProblems.AddressClosed(entry, address.ToString(), kind);

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
