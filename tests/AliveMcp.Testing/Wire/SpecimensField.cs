namespace AliveMcp.Testing.Wire;

/// <summary>Failures that people met in the field, as their threads tell them.</summary>
public static partial class Specimens
{
    /// <summary>prompts.chat#1117: GET is answered with JSON instead of 405.</summary>
    public static Specimen GetAnswersJson { get; } =
        Healthy.Named("GET answers JSON").On("GET", call => call.BodyAsync(200, "application/json", """{"ok":true}"""));

    public static Specimen InitializedAnswers(string name, int status, string? type = null, string body = "") =>
        Healthy
            .Named($"initialized answers {name}")
            .On("notifications/initialized", call => call.BodyAsync(status, type, body));

    /// <summary>rust-sdk#849: 200, chunked, and nothing in it.</summary>
    public static Specimen InitializedChunked { get; } =
        Healthy
            .Named("initialized answers an empty chunked 200")
            .On("notifications/initialized", call => call.Http.Response.Body.FlushAsync(call.Gone));

    /// <summary>An event stream as answer to a notification, left open.</summary>
    public static Specimen InitializedStreams { get; } =
        Healthy
            .Named("initialized answers an open stream")
            .On(
                "notifications/initialized",
                async call =>
                {
                    await call.EventsAsync(": here I am\n\n");
                    await call.HangAsync();
                }
            );

    /// <summary>csharp-sdk#1765: an unknown method without a session is an invalid session.</summary>
    public static Specimen DiscoverInvalidSession { get; } =
        HealthyWithSessions
            .Named("discover: invalid session id")
            .On("server/discover", call => call.BodyAsync(404, "text/plain", "Invalid session ID"));

    /// <summary>xiaohongshu-mcp#697: an unknown version is refused at the HTTP level.</summary>
    public static Specimen VersionRefusedByHttp { get; } =
        Healthy
            .Named("initialize: 400 for our version")
            .On("initialize", call => call.BodyAsync(400, "text/plain", "unsupported protocol version"));

    /// <summary>agentic-awesome-skills#1003: only the very version is taken.</summary>
    public static Specimen VersionExactMatch { get; } =
        Healthy
            .Named("initialize: -32602 for our version")
            .On("initialize", call => call.ErrorAsync(-32602, "Unsupported protocol version"));

    /// <summary>mcp-js#185: the POST's stream is empty, the answer would come on a GET stream.</summary>
    public static Specimen ListAnswersElsewhere { get; } =
        Healthy.Named("the list's stream is empty").On("tools/list", call => call.EventsAsync(""));

    /// <summary>radare2-mcp#68: every answer has the id 0.</summary>
    public static Specimen IdZero { get; } =
        Initializes("id is always 0", $$"""{"jsonrpc":"2.0","id":0,"result":{{Good}}}""");

    /// <summary>agentdeals#1098: a proxy cuts the idle stream before the answer.</summary>
    public static Specimen LegacyStreamCut { get; } =
        HealthyLegacySse
            .Named("legacy stream cut before the answer")
            .On("GET", call => call.EventsAsync("event: endpoint\ndata: /messages?sessionId=1\n\n"));

    /// <summary>toolhive#5009: pings the client within the list's stream, and ends the session of whoever replies.</summary>
    public static Specimen PingsInTheList { get; } =
        (HealthyWithSessions with { Framing = Framing.Sse })
            .Named("pings within the list's stream")
            .On(
                "tools/list",
                async call =>
                {
                    await call.EventsAsync("data: {\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"ping\"}\n\n");
                    await call.EventsAsync("event: message\nid: 7\ndata:\n\n");
                    await call.BehaveAsync();
                }
            );

    /// <summary>google/mcp#31: a cold start. The first request of all takes its time.</summary>
    public static Specimen ColdStart(TimeSpan takes) =>
        Healthy
            .Named("a cold start")
            .On(
                "*",
                async call =>
                {
                    if (call.Server.Requests.Count == 1)
                    {
                        await Task.Delay(takes, TimeProvider.System, call.Gone);
                    }

                    await call.BehaveAsync();
                }
            );

    /// <summary>pgedge-postgres-mcp#211: the order of tools changes from call to call.</summary>
    public static Specimen ShufflesTools { get; } =
        Healthy
            .Named("another order of tools each time")
            .On(
                "tools/list",
                call =>
                {
                    var turn = call.Server.Requests.Count % 12;
                    var tools = FakeTools.Twelve.Skip(turn).Concat(FakeTools.Twelve.Take(turn));
                    return call.ResultAsync($$"""{"tools":[{{string.Join(',', tools)}}]}""");
                }
            );

    /// <summary>csharp-sdk#1470: a gateway holds the stream back until it is whole.</summary>
    public static Specimen BuffersStreams(TimeSpan holds) =>
        HealthySse
            .Named("a gateway that buffers streams")
            .On(
                "initialize",
                async call =>
                {
                    await Task.Delay(holds, TimeProvider.System, call.Gone);
                    await call.BehaveAsync();
                }
            );

    /// <summary>csharp-sdk#784: a gateway holds the stream back, and the stream never ends.</summary>
    public static Specimen BuffersForEver { get; } =
        HealthySse.Named("a gateway that buffers an endless stream").On("initialize", call => call.HangAsync());

    /// <summary>csharp-sdk#1526: POST is a 415, GET a 405.</summary>
    public static Specimen MediaTypeBehindMethod { get; } =
        Healthy
            .Named("415 to POST, 405 to GET")
            .On("*", call => call.StatusAsync(call.Seen.Method == "GET" ? 405 : 415));

    /// <summary>Context7 sends the header of a refusal with every answer.</summary>
    public static Specimen ChallengesWhileOpen { get; } =
        Healthy
            .Named("WWW-Authenticate with 200")
            .On(
                "*",
                call =>
                {
                    call.Http.Response.Headers.WWWAuthenticate = "Bearer resource_metadata=\"https://id.example/\"";
                    return call.BehaveAsync();
                }
            );

    /// <summary>-32001 from a parser, not from a door.</summary>
    public static Specimen InvalidTokenInJson { get; } =
        Healthy
            .Named("-32001: invalid token in JSON")
            .On("tools/list", call => call.ErrorAsync(-32001, "Invalid token '<' in JSON at position 0"));

    /// <summary>Behind DataDome every answer carries its header, a plain 403 as well.</summary>
    public static Specimen ForbiddenBehindDataDome { get; } =
        Walled("403 behind DataDome", 403, "x-datadome", "protected", "{\"error\":\"forbidden\"}");

    public static Specimen DataDomeChallenge { get; } =
        Walled(
            "a challenge of DataDome",
            403,
            "x-datadome",
            "protected",
            "{\"url\":\"https://geo.captcha-delivery.com/captcha/?x=1\"}"
        );

    /// <summary>AWS WAF asks its riddle with 405.</summary>
    public static Specimen CaptchaWith405 { get; } =
        Walled("a captcha with 405", 405, "x-amzn-waf-action", "captcha", "<html>");

    private static Specimen Walled(string name, int status, string header, string value, string body) =>
        Healthy
            .Named(name)
            .On(
                "*",
                call =>
                {
                    call.Http.Response.Headers[header] = value;
                    return call.BodyAsync(status, "text/html", body);
                }
            );
}
