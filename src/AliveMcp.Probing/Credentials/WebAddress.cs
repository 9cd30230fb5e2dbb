using System.Diagnostics.CodeAnalysis;
using System.Net;
using AliveMcp.Egress;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Credentials;

/// <summary>Reads the URLs that sign-in metadata names: https, or plain http where no name can lead it out of this network.</summary>
internal static class WebAddress
{
    private const int Longest = 2048;

    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        return text is { Length: <= Longest }
            && Uri.TryCreate(text, UriKind.Absolute, out url)
            && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsPrivate(url)));
    }

    private static bool IsPrivate(Uri url) =>
        url.Host == "localhost"
        || (
            IPAddress.TryParse(HostName.Of(url), out var address)
            && AddressRules.IsPrivate(EgressGuard.Classify(address))
        );
}
