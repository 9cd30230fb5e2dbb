using System.Globalization;

namespace AliveMcp.Testing.Wire;

public static partial class Specimens
{
    /// <summary>Answers <c>initialize</c> with a body of one's own; <c>ID</c> in it stands for the request's id.</summary>
    public static Specimen Initializes(string name, string body, string contentType = "application/json") =>
        Healthy
            .Named(name)
            .On(
                "initialize",
                call => call.BodyAsync(200, contentType, body.Replace("ID", call.Id, StringComparison.Ordinal))
            );

    /// <summary>Answers <c>initialize</c> with a result of one's own.</summary>
    public static Specimen InitializesWith(string name, string result) =>
        Initializes(name, $$"""{"jsonrpc":"2.0","id":ID,"result":{{result}}}""");

    private const string Good = """
        {"protocolVersion":"2025-11-25","capabilities":{"tools":{} },"serverInfo":{"name":"fake","version":"1.2.3"} }
        """;

    public static Specimen MalformedJson { get; } =
        Initializes("malformed JSON", """{"jsonrpc":"2.0","id":ID,"result":{""");

    public static Specimen OtherJson { get; } = Initializes("some other JSON", """{"message":"hello"}""");

    public static Specimen JsonString { get; } = Initializes("a JSON string", "\"hello\"");

    public static Specimen WrongId { get; } = Initializes("wrong id", """{"jsonrpc":"2.0","id":999,"result":{}}""");

    public static Specimen StringId { get; } =
        Initializes("id as a string", """{"jsonrpc":"2.0","id":"ID","result":{}}""");

    public static Specimen NullId { get; } =
        Initializes("result with id null", """{"jsonrpc":"2.0","id":null,"result":{}}""");

    public static Specimen ResultAndError { get; } =
        Initializes(
            "result and error",
            """{"jsonrpc":"2.0","id":ID,"result":{},"error":{"code":-32603,"message":"x"}}"""
        );

    public static Specimen NeitherResultNorError { get; } =
        Initializes("neither result nor error", """{"jsonrpc":"2.0","id":ID}""");

    public static Specimen WrongEnvelopeVersion { get; } =
        Initializes("envelope 1.0", """{"jsonrpc":"1.0","id":ID,"result":{}}""");

    public static Specimen NoEnvelopeVersion { get; } = Initializes("no envelope version", """{"id":ID,"result":{}}""");

    public static Specimen ErrorWithoutCode { get; } =
        Initializes("error without a code", """{"jsonrpc":"2.0","id":ID,"error":"Session not found"}""");

    public static Specimen TooDeep { get; } =
        Initializes(
            "nested too deep",
            $$"""{"jsonrpc":"2.0","id":ID,"result":{{new string('[', 5000)}}{{new string(']', 5000)}}}"""
        );

    public static Specimen OnlyANotification { get; } =
        Initializes(
            "answers with a notification",
            """{"jsonrpc":"2.0","method":"notifications/message","params":{}}"""
        );

    /// <summary>A healthy answer inside a batch, as 2025-03-26 allowed.</summary>
    public static Specimen Batches { get; } =
        Initializes(
            "answers in a batch",
            $$"""[{"jsonrpc":"2.0","method":"notifications/message"},{"jsonrpc":"2.0","id":ID,"result":{{Good}}}]"""
        );

    public static Specimen Bom { get; } =
        Initializes("JSON behind a BOM", "\uFEFF" + $$"""{"jsonrpc":"2.0","id":ID,"result":{{Good}}}""");

    public static Specimen HandshakeError { get; } =
        Healthy.Named("initialize fails").On("initialize", call => call.ErrorAsync(-32603, "Internal error"));

    public static Specimen HandshakeError400 { get; } =
        Healthy
            .Named("initialize fails with 400")
            .On("initialize", call => call.ErrorAsync(-32602, "Invalid params", 400));

    public static Specimen NoProtocolVersion { get; } =
        InitializesWith("no protocolVersion", """{"capabilities":{},"serverInfo":{"name":"x","version":"1"} }""");

    public static Specimen NoCapabilities { get; } =
        InitializesWith(
            "no capabilities",
            """{"protocolVersion":"2025-11-25","serverInfo":{"name":"x","version":"1"} }"""
        );

    public static Specimen NoServerInfo { get; } =
        InitializesWith("no serverInfo", """{"protocolVersion":"2025-11-25","capabilities":{} }""");

    public static Specimen NullResult { get; } = InitializesWith("null result", "null");

    public static Specimen InitializedRefused { get; } =
        Healthy.Named("initialized refused").On("notifications/initialized", call => call.StatusAsync(400));

    public static Specimen InitializedHangs { get; } =
        Healthy.Named("initialized hangs").On("notifications/initialized", call => call.HangAsync());

    public static Specimen InitializedWith200 { get; } =
        Healthy
            .Named("initialized with 200 null")
            .On("notifications/initialized", call => call.BodyAsync(200, "application/json", "null"));

    public static Specimen InitializeHangs { get; } =
        Healthy.Named("initialize hangs").On("initialize", call => call.HangAsync());

    /// <summary>Answers <c>initialize</c> by an event stream written out by hand; <c>ID</c> stands for the id, <c>RESULT</c> for a good result.</summary>
    public static Specimen Streams(string name, string events) =>
        Healthy
            .Named(name)
            .On(
                "initialize",
                call =>
                    call.EventsAsync(
                        events
                            .Replace("ID", call.Id, StringComparison.Ordinal)
                            .Replace("RESULT", Good.Trim(), StringComparison.Ordinal)
                    )
            );

    private const string Whole = """{"jsonrpc":"2.0","id":ID,"result":RESULT}""";

    /// <summary>A version of one's own in the answer to <c>initialize</c>.</summary>
    public static Specimen Speaks(string version) =>
        Healthy.Named(string.Create(CultureInfo.InvariantCulture, $"speaks {version}")) with
        {
            ProtocolVersion = version,
        };
}
