using System.Diagnostics.CodeAnalysis;

namespace AliveMcp.Probing.Transports;

/// <summary>Which redirects an agent's POST would survive: 307 and 308, inside the origin or from http to https of the same host.</summary>
internal static class Redirects
{
    public static bool TryFollow(Uri from, HttpResponseMessage response, [NotNullWhen(true)] out Uri? to)
    {
        to = null;
        if ((int)response.StatusCode is not (307 or 308) || Location(response) is not { } location)
        {
            return false;
        }

        return Uri.TryCreate(from, location, out to) && (IsSameOrigin(from, to) || IsUpgrade(from, to));
    }

    public static bool IsSameOrigin(Uri one, Uri other) =>
        string.Equals(one.Scheme, other.Scheme, StringComparison.Ordinal)
        && IsSameHost(one, other)
        && one.Port == other.Port;

    private static bool IsUpgrade(Uri from, Uri to) =>
        from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps && IsSameHost(from, to);

    private static bool IsSameHost(Uri one, Uri other) =>
        HostName.Of(one) is { } host && string.Equals(host, HostName.Of(other), StringComparison.OrdinalIgnoreCase);

    private static string? Location(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
}
