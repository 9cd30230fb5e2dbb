namespace AliveMcp.Testing.Wire;

public static partial class Specimens
{
    public static Specimen SessionLost404 { get; } =
        LosesItsSession("session lost, 404", call => call.ErrorAsync(-32001, "Session not found", 404));

    public static Specimen SessionLost400 { get; } =
        LosesItsSession(
            "session lost, 400",
            call => call.ErrorAsync(-32000, "Bad Request: No valid session ID provided", 400)
        );

    public static Specimen SessionLostText { get; } =
        LosesItsSession("session lost, text", call => call.BodyAsync(404, "text/plain", "Session not found"));

    /// <summary>neotoma#1923: an unknown session is a 503.</summary>
    public static Specimen SessionLost503 { get; } =
        LosesItsSession(
            "session lost, 503",
            call => call.BodyAsync(503, "application/json", """{"error":"Session not found or expired"}""")
        );

    /// <summary>keryx#503: an unknown session is a 200 whose event is no JSON-RPC.</summary>
    public static Specimen SessionLostInStream { get; } =
        LosesItsSession(
            "session lost, 200 with an event",
            call => call.EventsAsync("data: {\"error\":\"Session not found\"}\n\n")
        );

    /// <summary>A JSON-RPC error with 200, under the code that others use for sign-in.</summary>
    public static Specimen SessionLost200 { get; } =
        LosesItsSession("session lost, 200 with an error", call => call.ErrorAsync(-32001, "Unknown session id"));

    /// <summary>MongoDB's server: a code and no id.</summary>
    public static Specimen SessionLostNoId { get; } =
        LosesItsSession(
            "session lost, 404 without an id",
            call =>
                call.BodyAsync(
                    404,
                    "application/json",
                    """{"jsonrpc":"2.0","error":{"code":-32003,"message":"session not found"}}"""
                )
        );

    public static Specimen SessionLostAtInitialized { get; } =
        HealthyWithSessions
            .Named("session lost at once")
            .On("notifications/initialized", call => call.ErrorAsync(-32001, "Session not found", 404));

    /// <summary>Two replicas with a session table each and a balancer that takes turns.</summary>
    public static Specimen NoAffinity { get; } =
        HealthyWithSessions
            .Named("replicas without affinity")
            .On(
                "*",
                call =>
                    call.Seen.Header("Mcp-Session-Id") is not null && call.Server.Requests.Count % 2 == 1
                        ? call.ErrorAsync(-32001, "Session not found", 404)
                        : call.BehaveAsync()
            );

    /// <summary>An error that only sounds like a lost session.</summary>
    public static Specimen SessionPoolExhausted { get; } =
        LosesItsSession(
            "a fault that only mentions sessions",
            call => call.ErrorAsync(-32603, "the database has no free connection for this session")
        );

    /// <summary>Refuses an <c>initialize</c> that carries a session id, for ever.</summary>
    public static Specimen HatesStaleSessions { get; } =
        HealthyWithSessions
            .Named("refuses initialize with a stale session")
            .On(
                "initialize",
                call =>
                    call.Seen.Header("Mcp-Session-Id") is null
                        ? call.BehaveAsync()
                        : call.ErrorAsync(-32000, "Session not found", 404)
            )
            .On("server/discover", IssueAndRefuseAsync);

    /// <summary>Gives every stranger's request a session, whatever it is.</summary>
    public static Specimen SessionForDiscover { get; } =
        HealthyDual
            .Named("a session for discover")
            .On(
                "server/discover",
                call =>
                {
                    call.Http.Response.Headers["Mcp-Session-Id"] = call.Server.NewSession();
                    return call.BehaveAsync();
                }
            );

    /// <summary>Gives a new session with every answer.</summary>
    public static Specimen SessionEveryTime { get; } =
        HealthyWithSessions
            .Named("a session with every answer")
            .On(
                "tools/list",
                call =>
                {
                    call.Http.Response.Headers["Mcp-Session-Id"] = call.Server.NewSession();
                    return call.BehaveAsync();
                }
            );

    public static Specimen DeleteHangs { get; } =
        HealthyWithSessions.Named("DELETE hangs").On("DELETE", call => call.HangAsync());

    public static Specimen DeleteNotAllowed { get; } =
        HealthyWithSessions.Named("DELETE refused").On("DELETE", Says(405));

    /// <summary>Issues a session, then never answers.</summary>
    public static Specimen SessionThenSilence { get; } =
        HealthyWithSessions
            .Named("session, then silence")
            .On(
                "initialize",
                async call =>
                {
                    call.Http.Response.Headers["Mcp-Session-Id"] = call.Server.NewSession();
                    await call.EventsAsync(": wait\n\n");
                    await call.HangAsync();
                }
            );

    public static Specimen SessionUnusable { get; } =
        Healthy
            .Named("a session id with a space")
            .On(
                "initialize",
                call =>
                {
                    call.Http.Response.Headers["Mcp-Session-Id"] = "not usable";
                    return call.BehaveAsync();
                }
            );

    private static Specimen LosesItsSession(string name, Reaction reaction) =>
        HealthyWithSessions.Named(name).On("tools/list", reaction);

    private static Task IssueAndRefuseAsync(FakeCall call)
    {
        call.Http.Response.Headers["Mcp-Session-Id"] = call.Server.NewSession();
        return call.ErrorAsync(-32600, "Not initialized", 400);
    }
}
