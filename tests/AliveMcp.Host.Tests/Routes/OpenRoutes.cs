namespace AliveMcp.Host.Tests.Routes;

/// <summary>The routes that everybody may use, and why. What is not here carries a permission.</summary>
internal static class OpenRoutes
{
    private const string AllServers = "public servers; a key adds the own ones, and a bad one is refused";
    private const string OneServer = "a public server, or an own one with a key; a bad one is refused";

    private const string Door = "the door for people: forms of this site alone, bound to the browser, within limits";

    /// <summary>Whether it is a form of a door: it changes nothing but who is signed in, or what its link alone may change.</summary>
    public static bool IsDoor(string path) =>
        path.StartsWith("/sign-", StringComparison.Ordinal)
        || path.StartsWith("/invitation", StringComparison.Ordinal)
        || path.StartsWith("/alerts/", StringComparison.Ordinal);

    /// <summary>Whether a visitor asks to hear of trouble: it acts by no cookie, and what it asks is asked again at the place itself.</summary>
    public static bool IsVisitors(string path) =>
        path is "/status/{slug}/subscribe" or "/api/v1/status/{slug}/subscriptions";

    /// <summary>Whether it is where a link in a message leads: holding it is the permission.</summary>
    public static bool IsLink(string path) => path.StartsWith("/alerts/", StringComparison.Ordinal);

    /// <summary>By the beginning of the path, the longest that fits; routes of the API by the whole path.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["/livez"] = "whether this process runs, for whoever supervises it",
        ["/readyz"] = "whether it may be sent requests, for whoever supervises it",
        ["/status/"] = "the public page of a public server",
        ["/alerts/"] = "where links in messages lead: who holds one may do what it says, and opening it does nothing",
        ["/runbooks/"] = "what to look at when an alert comes, in words that are no secret",
        ["/badge/"] = "the badge of a public server; any other says unknown",
        ["/embed"] = "the script and its parts",
        ["/api/embed-status/"] = "the status of a public server, for pages and agents",
        ["/schemas/"] = "published JSON Schemas",
        ["/openapi/"] = "the description of the API",
        ["/assets/"] = "style sheets and pictures of the public pages",
        ["/favicon"] = "pictures of the public pages",
        ["/robots.txt"] = "for crawlers",
        ["/api/v1/servers"] = AllServers,
        ["/api/v1/statuses"] = AllServers,
        ["/api/v1/servers/{slug}"] = OneServer,
        ["/api/v1/servers/{slug}/changes"] = OneServer,
        ["/api/v1/servers/{slug}/contract"] = OneServer,
        ["/api/v1/servers/{slug}/contract/compare"] = OneServer,
        ["/api/v1/servers/{slug}/days"] = OneServer,
        ["/api/v1/servers/{slug}/drift"] = OneServer,
        ["/api/v1/servers/{slug}/incidents"] = OneServer,
        ["/api/v1/servers/{slug}/latency"] = OneServer,
        ["/api/v1/servers/{slug}/minutes"] = OneServer,
        ["/api/v1/servers/{slug}/status"] = OneServer,
        ["/api/v1/servers/{slug}/uptime"] = OneServer,
        ["/api/v1/status/{slug}/subscriptions"] =
            "a visitor of a public page; nothing is sent before the place itself says yes",
        ["/{*path:nonfile}"] = "the page for what is not found",
        ["/sign-in"] = Door,
        ["/sign-out"] = Door,
        ["/invitation"] = "whoever holds the letter of an invitation; joining needs a session",
        ["/prober/v1"] = "probers have tokens of their own, by region",
    };

    /// <returns>Null when the path stands nowhere.</returns>
    public static string? ReasonOf(string path) =>
        path == "/"
            ? "the public overview"
            : Reasons
                .Where(reason =>
                    path.StartsWith(reason.Key, StringComparison.Ordinal)
                    && (path == reason.Key || !path.StartsWith("/api/v1/", StringComparison.Ordinal))
                )
                .OrderByDescending(reason => reason.Key.Length)
                .Select(reason => reason.Value)
                .FirstOrDefault();
}
