namespace AliveMcp.Testing.Wire;

/// <summary>Servers whose list is well and whose tools are not.</summary>
public static partial class Specimens
{
    public static Specimen CallFails { get; } =
        Healthy
            .Named("tools/call answered with a JSON-RPC error")
            .On("tools/call", static call => call.ErrorAsync(-32603, "database is away"));

    public static Specimen CallIsError { get; } =
        Answering(
            "the tool reports an error",
            """{"content":[{"type":"text","text":"no such city"}],"isError":true}"""
        );

    public static Specimen CallNeedsInput { get; } =
        HealthyDiscover
            .Named("tools/call answered with a request for input")
            .On(
                "tools/call",
                static call =>
                    call.ResultAsync(
                        """{"resultType":"input_required","inputRequests":{"who":{"method":"elicitation/create","params":{"message":"Who are you?"}}},"requestState":"x"}"""
                    )
            );

    public static Specimen CallNeedsUrl { get; } =
        Healthy
            .Named("tools/call wants a person at a URL")
            .On("tools/call", static call => call.ErrorAsync(-32042, "URL elicitation required"));

    public static Specimen CallOddResultType { get; } =
        HealthyDiscover
            .Named("tools/call with an unknown resultType")
            .On("tools/call", static call => call.ResultAsync("""{"resultType":"later","content":[]}"""));

    public static Specimen CallWithoutContent { get; } = Answering("tools/call without content", "{}");

    public static Specimen CallNoObject { get; } = Answering("tools/call with a result that is text", "\"sunny\"");

    public static Specimen Call500 { get; } =
        Healthy
            .Named("tools/call with HTTP 500")
            .On("tools/call", static call => call.BodyAsync(500, "text/plain", "oops"));

    public static Specimen Call401 { get; } =
        Healthy.Named("tools/call refused with 401").On("tools/call", static call => call.StatusAsync(401));

    public static Specimen Call429 { get; } =
        Healthy.Named("tools/call refused with 429").On("tools/call", static call => call.StatusAsync(429));

    public static Specimen CallHtml { get; } =
        Healthy
            .Named("tools/call answered with HTML")
            .On("tools/call", static call => call.BodyAsync(200, "text/html", "<html>"));

    public static Specimen CallResets { get; } =
        Healthy.Named("tools/call resets the connection").On("tools/call", static call => call.ResetAsync());

    public static Specimen CallHangs { get; } =
        Healthy.Named("tools/call is never answered").On("tools/call", static call => call.HangAsync());

    public static Specimen CallLosesSession { get; } =
        HealthyWithSessions
            .Named("forgets the session at tools/call")
            .On("tools/call", static call => call.ErrorAsync(-32001, "Session not found", 404));

    /// <summary>A healthy server whose tools answer with this result.</summary>
    public static Specimen Answering(string name, string result) =>
        Healthy.Named(name).On("tools/call", call => call.ResultAsync(result));
}
