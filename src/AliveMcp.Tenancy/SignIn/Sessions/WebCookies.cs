using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>
/// Our two cookies. By TLS their names begin with <c>__Host-</c>, so that no neighbouring host can set them; on plain-http loopback browsers
/// refuse that name.
/// </summary>
public sealed class WebCookies(WebOrigin origin, IOptions<SignInOptions> settings)
{
    private const string Session = "alivemcp_session";
    private const string Browser = "alivemcp_browser";
    private const string HostOnly = "__Host-";

    /// <summary>The token of the session; null: none.</summary>
    public string? SessionOf(HttpRequest request) => Read(request, Session);

    /// <summary>Hands the session's token to the browser.</summary>
    public void GiveSession(HttpContext http, string token) => Write(http, Session, token);

    /// <summary>Takes the session's cookie back.</summary>
    public void TakeSession(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var expired = Options(http.Request);
        expired.MaxAge = TimeSpan.Zero;
        http.Response.Cookies.Append(Name(http.Request, Session), "", expired);
    }

    /// <summary>The browser's own secret before anybody signed in: forms, links and sign-ins at providers are bound to it. Made when there is none.</summary>
    public string BrowserOf(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (KnownBrowser(http.Request) is { } known)
        {
            return known;
        }

        if (http.Items.TryGetValue(Browser, out var given))
        {
            return (string)given!;
        }

        var made = SecretToken.New();
        http.Items[Browser] = made;
        Write(http, Browser, made);
        return made;
    }

    /// <summary>The same, of a browser that has been here; else null.</summary>
    public string? KnownBrowser(HttpRequest request) =>
        Read(request, Browser) is { } text && SecretToken.TryHash(text) is not null ? text : null;

    private string? Read(HttpRequest request, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Cookies[Name(request, name)];
    }

    private void Write(HttpContext http, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Cookies.Append(Name(http.Request, name), value, Options(http.Request));
    }

    private string Name(HttpRequest request, string name) => origin.IsSecure(request) ? HostOnly + name : name;

    private CookieOptions Options(HttpRequest request) =>
        new()
        {
            Secure = origin.IsSecure(request),
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
            MaxAge = settings.Value.SessionLife,
        };
}
