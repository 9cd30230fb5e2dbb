using System.Collections.Frozen;

namespace AliveMcp.Vocabulary;

/// <summary>The one table of remedies: for each reason what the server's owner can do about it, in words for terminal, page and alert alike.</summary>
public static class WhyRemedies
{
    private static readonly FrozenDictionary<Why, string> Rows = new Dictionary<Why, string>
    {
        [Why.DnsNotFound] =
            "Check the spelling of the host name, and that its A or AAAA record is published and the domain is not expired.",
        [Why.DnsFailed] =
            "Ask the domain's name servers directly (dig +trace): one of them does not answer, or DNSSEC does not validate.",
        [Why.ConnectionRefused] =
            "Start the server, or correct host and port. Check that it listens on a public address and not on the loopback one alone.",
        [Why.ConnectionReset] =
            "Look for what closes connections: a crashing process, a firewall or a proxy that expects another protocol (http for https).",
        [Why.ConnectTimeout] =
            "Open the port in the firewall or security group: packets to it are dropped without a word.",
        [Why.AddressNotAllowed] =
            "Publish a public address for the name. Is it your own network? Then open its range with Egress:Allow.",
        [Why.TlsExpired] =
            "Renew the certificate and reload the server. If it was renewed already, the server still serves the old one.",
        [Why.TlsUntrusted] =
            "Serve the whole chain (leaf and intermediates, fullchain.pem) from a public authority; a private authority must be named as trusted.",
        [Why.TlsNameMismatch] = "Get a certificate that names this host, or use the host that the certificate names.",
        [Why.TlsFailed] =
            "Offer TLS 1.2 or 1.3 with common ciphers on this port; a port that speaks plain http needs an http URL.",
        [Why.HttpNotFound] =
            "Correct the path: MCP endpoints often end in /mcp or /sse. Behind a gateway check that the route is deployed.",
        [Why.HttpMethod] =
            "Let POST through to the MCP endpoint. For a server of the older HTTP+SSE transport use the URL of its event stream.",
        [Why.HttpError] = "Read the server's log at this time: it, or a gateway before it, answered with this status.",
        [Why.Redirected] =
            "Publish the URL that the redirect leads to: agents do not follow it with their credentials.",
        [Why.ResponseTooLarge] =
            "Send less: a tool list beyond the limit costs each agent as much. Use pages (nextCursor).",
        [Why.HttpMalformed] =
            "Make the server or the proxy before it send valid HTTP: a status line, headers within limits, a body that fits its encoding.",
        [Why.RateLimited] = "Allow one look a minute from us, or tell us a longer cadence; Retry-After is honoured.",
        [Why.BotChallenge] =
            "Exempt the MCP endpoint from the bot wall: agents cannot solve challenges either. Our addresses and User-Agent are published.",
        [Why.NoRoute] =
            "Nothing to do for the server: the machine that looked has no network route, often no IPv6. Look from another one.",
        [Why.NotJsonRpc] =
            "Point the URL at the MCP endpoint itself, and answer POST with application/json or text/event-stream.",
        [Why.MalformedJson] =
            "Send one complete JSON value as UTF-8; log lines or a debug page must not get into the body.",
        [Why.EnvelopeInvalid] =
            "Answer with \"jsonrpc\":\"2.0\", the id of the request, and either result or error. Use a current SDK.",
        [Why.StreamEnded] =
            "Send the answer before closing the stream; look for a proxy that buffers or cuts event streams, or a crash.",
        [Why.SessionLost] =
            "Keep sessions where every instance finds them, or pin them to one instance at the balancer (sticky sessions).",
        [Why.HandshakeError] = "Read the error message and the server's log: it refused to begin.",
        [Why.HandshakeIncomplete] =
            "Answer initialize with protocolVersion, capabilities and serverInfo (server/discover: supportedVersions and capabilities).",
        [Why.VersionUnsupported] = "Update the server's SDK: it speaks no protocol revision that clients speak.",
        [Why.EraBroken] =
            "Bring the other era's handshake back, or announce its end: clients that speak only it are locked out.",
        [Why.ToolsError] = "Read the error message and the server's log: tools/list fails behind a good handshake.",
        [Why.ToolsMalformed] =
            "Give each tool a unique name and an inputSchema with \"type\":\"object\"; strict clients drop the whole list otherwise.",
        [Why.ToolsEmpty] =
            "Check what registers the tools: a failed backend or a missing permission often leaves an empty list.",
        [Why.ToolsEndless] = "End the pages: leave nextCursor out of the last one, and never hand out a cursor twice.",
        [Why.ListOverLimit] =
            "Shorten the list: fewer tools, shorter descriptions, flatter schemas. An agent pays for each of them.",
        [Why.ListIncomplete] =
            "Answer every page of tools/list within seconds; cache the list instead of building it for each call.",
        [Why.AuthRequired] =
            "If sign-in is intended, say that protected is expected here; else open the endpoint again, or give us a credential.",
        [Why.AuthRequiredBare] =
            "Send WWW-Authenticate with the 401, naming resource_metadata (RFC 9728), so that clients find the way in.",
        [Why.AuthForbidden] =
            "Answer 401 with WWW-Authenticate to who may sign in; 403 says no for good. Check IP and origin rules.",
        [Why.LoginRedirect] = "Answer 401 instead of redirecting to a login page: agents cannot fill in forms.",
        [Why.AuthDiscoveryBroken] =
            "Repair the chain: the metadata of RFC 9728 must name this URL as resource, its authorization server must serve RFC 8414 metadata.",
        [Why.DoorOpen] =
            "Close it now: anybody can call this server. Check the gateway's or middleware's sign-in rule for this path.",
        [Why.CredentialRejected] =
            "Give us a valid credential: it has expired, was revoked, or lacks the scope or audience.",
        [Why.TokenUnavailable] = "Check token endpoint, client id, secret and scope: no access token was issued.",
        [Why.Timeout] =
            "Answer within the time: look for a cold start, a slow backend, or a lock behind the step that was waited for.",
        [Why.Slow] =
            "Cache the tool list and keep an instance warm: agents wait for handshake and list before each task.",
        [Why.ToolMissing] = "Bring the tool back under its name, or take it out of what is expected.",
        [Why.TestCallError] =
            "Call the tool with these arguments yourself and read the server's log: the call itself was refused.",
        [Why.TestCallIsError] =
            "Look at the tool's own dependencies: it ran and reported an error with arguments that should work.",
        [Why.TestCallNeedsInput] =
            "Choose a test call that completes without further input, or let the tool answer without asking.",
        [Why.TestCallAssertion] =
            "Compare the answer with what is expected: either the tool changed or the expectation is out of date.",
        [Why.HealthDown] = "Follow the health URL: it says itself that the service is down.",
        [Why.HealthDegraded] = "Follow the health URL: its body names the part in trouble.",
        [Why.SchemaDrift] = "Review the change, and accept it as the new baseline if it is meant.",
        [Why.Regional] =
            "Look for what differs by region: geo-blocking, one bad edge or instance, a regional DNS answer.",
        [Why.Unconfirmed] = "Nothing yet: the next minute looks again from more regions.",
        [Why.AuthInconsistent] =
            "Make all edges and instances agree on who must sign in: some let strangers in, some do not.",
        [Why.NobodyLooked] = "Nothing to do for the server. Operator: see that probers run and reach the desk.",
        [Why.ProberUnfit] = "Nothing to do for the server: our prober was not fit. Look again.",
        [Why.HostBusy] =
            "Nothing to do for the server: too many servers share its host for our pace. Spread them or lower the cadence.",
        [Why.RegionInDoubt] =
            "Nothing to do for the server: our region's network was in doubt, and its word was not counted.",
        [Why.CellKilled] =
            "Nothing to do for the server, unless it is always this one: then see what makes its answers so heavy to read.",
        [Why.TenantThrottled] =
            "See which server's answers are so large or so slow that reading them ends our process; mend it or stop watching it.",
        [Why.CellBusy] =
            "Nothing to do for the server. Operator: raise Prober:IsolatedCells, or start another prober in the region.",
        [Why.WatchDeclined] =
            "Nothing, if you meant it. Otherwise take \"watch\": false out of /.well-known/alivemcp.json, or claim the listing.",
    }.ToFrozenDictionary();

    /// <summary>What the owner can do, one or two sentences; null for <see cref="Why.None"/>.</summary>
    public static string? Of(Why why) => Rows.GetValueOrDefault(why);
}
