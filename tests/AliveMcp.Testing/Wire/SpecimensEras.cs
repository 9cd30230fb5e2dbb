namespace AliveMcp.Testing.Wire;

public static partial class Specimens
{
    private static Reaction Says(int status) => call => call.BodyAsync(status, "text/html", "<html>no</html>");

    /// <summary>Healthy in the initialize era, and answers <c>server/discover</c> with a bare status.</summary>
    public static Specimen DiscoverStatus(int status) =>
        Healthy.Named($"discover answers {status}").On("server/discover", Says(status));

    public static Specimen DiscoverHangs { get; } =
        Healthy.Named("discover hangs").On("server/discover", call => call.HangAsync());

    public static Specimen DiscoverResets { get; } =
        Healthy.Named("discover resets").On("server/discover", call => call.ResetAsync());

    public static Specimen DiscoverOdd200 { get; } =
        Healthy.Named("discover answers {}").On("server/discover", call => call.ResultAsync("{}"));

    public static Specimen DiscoverNotFound { get; } =
        Healthy
            .Named("discover: no such method")
            .On("server/discover", call => call.ErrorAsync(-32601, "Method not found", 404));

    /// <summary>Speaks of the discover era, but only to say that it knows the older versions.</summary>
    public static Specimen DiscoverNamesOlder { get; } =
        Healthy
            .Named("discover names older versions")
            .On(
                "server/discover",
                call => call.ErrorAsync(-32022, "Unsupported", 400, """{"supported":["2025-06-18","2025-11-25"]}""")
            );

    /// <summary>Speaks only a revision that came after the ones we know.</summary>
    public static Specimen DiscoverNewer { get; } =
        HealthyDiscover
            .Named("discover era, a newer revision")
            .On(
                "*",
                call =>
                    (call.Seen.Header("MCP-Protocol-Version"), call.Seen.Rpc) switch
                    {
                        ("2027-03-01", "server/discover") => call.ResultAsync(
                            """{"resultType":"complete","supportedVersions":["2027-03-01"],"capabilities":{"tools":{} } }"""
                        ),
                        ("2027-03-01", _) => call.ResultAsync(
                            $$"""{"resultType":"complete","tools":[{{FakeTools.Numbered(1)}}]}"""
                        ),
                        _ => call.ErrorAsync(-32022, "Unsupported", 400, """{"supported":["2027-03-01"]}"""),
                    }
            );

    /// <summary>Says that our own request is wrong.</summary>
    public static Specimen DiscoverMismatch { get; } =
        Healthy
            .Named("discover: header mismatch")
            .On("server/discover", call => call.ErrorAsync(-32020, "Header mismatch", 400));

    /// <summary>Both eras once, but <c>initialize</c> is answered in another way by now.</summary>
    public static Specimen InitializeLeg(string name, Reaction reaction) =>
        HealthyDual.Named($"both eras, initialize {name}").On("initialize", reaction);

    public static Specimen DiscoverIncomplete { get; } =
        HealthyDiscover
            .Named("discover without versions")
            .On("server/discover", call => call.ResultAsync("""{"resultType":"complete","capabilities":{} }"""));

    /// <summary>Claims the discover era, and knows none of its other methods.</summary>
    public static Specimen LiesAboutItsEra { get; } =
        HealthyDiscover
            .Named("lies about its era")
            .On("tools/list", call => call.ErrorAsync(-32601, "Method not found", 404));

    /// <summary>Legacy SSE whose endpoint lies elsewhere.</summary>
    public static Specimen LegacyEndpoint(string endpoint) =>
        HealthyLegacySse
            .Named($"legacy endpoint {endpoint}")
            .On(
                "GET",
                async call =>
                {
                    await call.EventsAsync($"event: endpoint\ndata: {endpoint}\n\n");
                    await call.HangAsync();
                }
            );

    /// <summary>A proxy ate the event's name.</summary>
    public static Specimen LegacyNamelessEndpoint { get; } =
        HealthyLegacySse
            .Named("legacy endpoint without its event name")
            .On(
                "GET",
                async call =>
                {
                    await call.EventsAsync("data: /messages?sessionId=1\n\n");
                    await call.HangAsync();
                }
            );

    public static Specimen LegacyNoEndpoint { get; } =
        HealthyLegacySse.Named("legacy stream without an endpoint").On("GET", call => call.EventsAsync(": hello\n\n"));

    /// <summary>Legacy SSE whose refusal of a POST is a JSON-RPC error.</summary>
    public static Specimen LegacyRefusing(int status, int code, string id = "null") =>
        HealthyLegacySse
            .Named($"legacy, refuses a POST with {status} and {code}, id {id}")
            .On(
                "*",
                call =>
                    call.Seen.Method == "POST" && call.Seen.Path == call.Server.Specimen.Path
                        ? call.BodyAsync(
                            status,
                            "application/json",
                            $$$"""{"jsonrpc":"2.0","id":{{{(id == "ID" ? call.Id : id)}}},"error":{"code":{{{code}}},"message":"Method not allowed."}}"""
                        )
                        : call.BehaveAsync()
            );

    /// <summary>Takes messages and never answers, as a dead session does.</summary>
    public static Specimen LegacyDeaf { get; } =
        HealthyLegacySse
            .Named("legacy, never answers")
            .On(
                "initialize",
                call =>
                    call.Seen.Path.StartsWith("/messages", StringComparison.Ordinal)
                        ? call.StatusAsync(202)
                        : call.BehaveAsync()
            );
}
