namespace AliveMcp.Testing.Wire;

public static partial class Specimens
{
    public static Specimen SseEmpty { get; } = Streams("empty event stream", "");

    public static Specimen SseCutOff { get; } = Streams("event cut off", $"data: {Whole}\n");

    public static Specimen SseOnlyComments { get; } = Streams("comments, then the end", ": ping\n\n: ping\n\n");

    public static Specimen SseWrongId { get; } =
        Streams("wrong id on a stream", "data: {\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}\n\n");

    public static Specimen SseDataTwice { get; } = Streams("data: data:", $"data: data: {Whole}\n\n");

    public static Specimen SseCarriageReturns { get; } =
        Streams("lines end in CR", $"event: message\rdata: {Whole}\r\r");

    public static Specimen SseBom { get; } = Streams("stream behind a BOM", $"\uFEFFdata:{Whole}\n\n");

    public static Specimen SsePrimed { get; } =
        Streams("priming event first", $"id: 1\ndata:\n\nretry: 500\n\ndata: {Whole}\n\n");

    public static Specimen SseOddName { get; } = Streams("odd event name", $"event: answer\ndata: {Whole}\n\n");

    /// <summary>Events of types of their own, which are no JSON-RPC, before the answer.</summary>
    public static Specimen SseOtherTypes { get; } =
        Streams(
            "events of other types first",
            "event: ping\ndata: 2026-01-01T00:00:00Z\n\nevent: heartbeat\ndata: {\"id\":1}\n\n"
                + $"event: status\ndata: {{\"up\":true}}\n\nevent: list\ndata: []\n\nevent: message\ndata: {Whole}\n\n"
        );

    /// <summary>No type of its own excuses a message that is no JSON.</summary>
    public static Specimen SsePlainText { get; } =
        Streams("plain text as a message", $"data: ping\n\ndata: {Whole}\n\n");

    public static Specimen SseManyLines { get; } =
        Streams("data over several lines", $"data: {Whole.Replace(",", ",\ndata: ", StringComparison.Ordinal)}\n\n");

    public static Specimen SseOthersFirst { get; } =
        Streams(
            "other messages first",
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n"
                + "data: {\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"roots/list\"}\n\n"
                + $"data: {Whole}\n\n"
        );

    /// <summary>The same answer twice: the first one counts.</summary>
    public static Specimen SseTwice { get; } =
        Streams(
            "the answer twice",
            $"data: {Whole}\n\n" + "data: {\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-1,\"message\":\"x\"}}\n\n"
        );

    /// <summary>A request of the server under the very id of ours.</summary>
    public static Specimen SseSameIdAsked { get; } =
        Streams(
            "a request under our id first",
            $"data: {{\"jsonrpc\":\"2.0\",\"id\":ID,\"method\":\"ping\"}}\n\ndata: {Whole}\n\n"
        );

    public static Specimen SseFlood { get; } =
        Streams(
            "a flood of events",
            string.Concat(
                Enumerable.Repeat("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n", 1_100)
            )
        );

    /// <summary>Keeps the stream alive and never answers.</summary>
    public static Specimen SseSilent { get; } =
        Healthy
            .Named("pings and never answers")
            .On(
                "initialize",
                async call =>
                {
                    await call.EventsAsync(": ping\n\n");
                    await call.HangAsync();
                }
            );

    /// <summary>Sends the answer byte by byte.</summary>
    public static Specimen SseDrips { get; } =
        Healthy
            .Named("drips")
            .On(
                "initialize",
                async call =>
                {
                    var text = $"data: {Whole}\r\n\r\n"
                        .Replace("ID", call.Id, StringComparison.Ordinal)
                        .Replace("RESULT", Good.Trim(), StringComparison.Ordinal);
                    foreach (var piece in text.Chunk(7))
                    {
                        await call.EventsAsync(new string(piece));
                    }
                }
            );

    public static Specimen SseLabelledJson { get; } =
        Initializes(
            "an event stream labelled JSON",
            $"data: {Whole.Replace("RESULT", Good, StringComparison.Ordinal)}\n\n"
        );

    public static Specimen JsonLabelledSse { get; } =
        Initializes(
            "JSON labelled an event stream",
            Whole.Replace("RESULT", Good, StringComparison.Ordinal),
            "text/event-stream"
        );

    /// <summary>2025-11-25: primes the stream, closes it and wants to be asked for the rest by GET with <c>Last-Event-ID</c>.</summary>
    /// <param name="kind">The request whose stream is closed.</param>
    /// <param name="rounds">How often it closes before it answers.</param>
    /// <param name="retry">The milliseconds that it asks to wait.</param>
    public static Specimen ClosesToBePolled(string kind = "tools/list", int rounds = 1, string retry = "20") =>
        Healthy
            .Named($"closes the stream of {kind} {rounds} times to be polled")
            .On(kind, call => call.EventsAsync($"id: {call.Id}:{rounds}\nretry: {retry}\ndata:\n\n"))
            .On("GET", call => PolledAsync(call, retry));

    /// <summary>As <see cref="ClosesToBePolled"/>, but refuses the GET that it asked for.</summary>
    public static Specimen ClosesAndRefuses { get; } =
        ClosesToBePolled().Named("closes the stream and refuses to be polled").On("GET", call => call.StatusAsync(405));

    private static Task PolledAsync(FakeCall call, string retry)
    {
        if (call.Seen.Header("Last-Event-ID")?.Split(':') is not [var id, var left])
        {
            return call.StatusAsync(405);
        }

        var rounds = int.Parse(left, System.Globalization.CultureInfo.InvariantCulture) - 1;
        return rounds > 0
            ? call.EventsAsync($"id: {id}:{rounds}\nretry: {retry}\ndata:\n\n")
            : call.EventsAsync(
                $"id: {id}:0\ndata: "
                    + $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"tools":[{{{FakeTools.Numbered(1)}}}]}}"""
                    + "\n\n"
            );
    }
}
