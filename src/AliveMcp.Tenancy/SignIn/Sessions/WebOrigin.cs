using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>How browsers reach us, and whether a request comes from a page of ours. What the asker calls us is believed on loopback only.</summary>
public sealed class WebOrigin(IOptions<SignInOptions> options)
{
    /// <summary>Scheme and host that links and callbacks begin with; null when nobody may sign in by this way: neither TLS nor loopback.</summary>
    public Uri? Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (options.Value.PublicUrl is { } known)
        {
            return known;
        }

        // Our own listener's name, never a stranger's: a Host header that names another place gets no link to there.
        return
            IsLoopback(request.Host.Host)
            && Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
            && own.UserInfo.Length == 0
            && own.PathAndQuery == "/"
            ? own
            : null;
    }

    /// <summary>Whether cookies travel by TLS: the public address says so, or this connection does.</summary>
    public bool IsSecure(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.IsHttps || options.Value.PublicUrl?.Scheme == "https";
    }

    /// <summary>
    /// Whether a browser says that a page of ours sends this. A program that says nothing at all is none of ours: it brings a key, not a
    /// cookie.
    /// </summary>
    public bool IsSameOrigin(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site != "same-origin")
        {
            return false;
        }

        var origin = request.Headers[HeaderNames.Origin].ToString();
        return origin.Length == 0
            ? site.Length > 0
            : Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsOurs(from, request);
    }

    /// <summary>By scheme, host and port of the public address; on this machine itself, by the host that was asked. A file or an app is no page of ours.</summary>
    private bool IsOurs(Uri from, HttpRequest request)
    {
        if (from.Scheme is not ("http" or "https") || from.UserInfo.Length > 0)
        {
            return false;
        }

        var known = options.Value.PublicUrl;
        if (known is not null && SchemeAndServer(from) == SchemeAndServer(known))
        {
            return true;
        }

        return (known is null || IsLoopback(request.Host.Host))
            && string.Equals(
                from.Authority,
                new UriBuilder(from.Scheme, request.Host.Host, request.Host.Port ?? -1).Uri.Authority,
                StringComparison.OrdinalIgnoreCase
            );
    }

    private static string SchemeAndServer(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static bool IsLoopback(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
