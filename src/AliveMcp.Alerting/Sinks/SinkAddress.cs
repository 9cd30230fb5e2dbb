using System.Text;

namespace AliveMcp.Alerting.Sinks;

/// <summary>Addresses of services whose host no tenant chooses.</summary>
internal static class SinkAddress
{
    /// <summary>Whether an address lies at that service: same scheme, host and port, no user, no query.</summary>
    public static bool IsAt(Uri url, Uri service) =>
        Uri.Compare(
            url,
            service,
            UriComponents.SchemeAndServer,
            UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0
        && url is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };

    /// <summary>The service's address with a path that was kept as a secret.</summary>
    public static Uri Of(Uri service, byte[] path, string more = "") =>
        new(service, Encoding.ASCII.GetString(path) + more);
}
