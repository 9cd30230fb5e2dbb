using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Discord;

/// <summary>One message for one incident, edited in place as it goes on; its id is the thread.</summary>
internal sealed class DiscordSink(SinkHttp http, SinkOptions options, AcknowledgeLinks links) : ISink
{
    private const int UnknownMessage = 10008;

    public SinkKind Kind => SinkKind.Discord;

    public async Task<SinkAnswer> SendAsync(
        SinkAtHand sink,
        AlertMessage message,
        string? thread,
        CancellationToken cancellationToken
    )
    {
        if (sink.Secret is null)
        {
            return SinkAnswer.Shut;
        }

        var acknowledge = await links.MakeAsync(sink, message, cancellationToken);
        var payload = DiscordMessage.Of(MessageView.Of(message), acknowledge);
        if (IsId(thread))
        {
            var edited = await SendAsync(sink, HttpMethod.Patch, $"/messages/{thread}", payload, cancellationToken);
            if (!IsUnknownMessage(edited))
            {
                return AnswerOf(edited);
            }

            // Somebody deleted it: what is to be said is said anew.
        }

        return AnswerOf(await SendAsync(sink, HttpMethod.Post, "?wait=true", payload, cancellationToken));
    }

    /// <summary>Looks at the webhook itself, without a message.</summary>
    /// <param name="sink">With its secret.</param>
    /// <param name="cancellationToken">Ours alone.</param>
    public Task<SinkReply> LookAsync(SinkAtHand sink, CancellationToken cancellationToken) =>
        http.SendAsync(
            HttpMethod.Get,
            SinkAddress.Of(options.Discord, sink.Secret!),
            json: null,
            [],
            cancellationToken
        );

    private Task<SinkReply> SendAsync(
        SinkAtHand sink,
        HttpMethod method,
        string more,
        JsonObject payload,
        CancellationToken cancellationToken
    ) =>
        http.SendAsync(
            method,
            SinkAddress.Of(options.Discord, sink.Secret!, more),
            JsonSerializer.SerializeToUtf8Bytes(payload),
            [],
            cancellationToken
        );

    private static SinkAnswer AnswerOf(SinkReply reply)
    {
        using var body = SinkReply.Read(reply.Body);
        var answer = reply.ToAnswer(reply.IsTaken ? "" : TextOf(body, "message"));
        if (!reply.IsTaken)
        {
            return answer with { RetryAfter = answer.RetryAfter ?? WaitOf(reply, body) };
        }

        var id = TextOf(body, "id");
        return IsId(id) ? answer with { Thread = id, RequestId = id } : answer;
    }

    private static bool IsUnknownMessage(SinkReply reply)
    {
        using var body = SinkReply.Read(reply.Body);
        return reply.Status == 404
            && MemberOf(body, "code") is { } code
            && code.TryGetInt32(out var number)
            && number == UnknownMessage;
    }

    /// <summary>Of a 429: seconds, with a fraction.</summary>
    private static TimeSpan? WaitOf(SinkReply reply, JsonDocument? body) =>
        reply.Status == 429
        && MemberOf(body, "retry_after") is { ValueKind: JsonValueKind.Number } wait
        && wait.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 86400
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string TextOf(JsonDocument? body, string name) =>
        MemberOf(body, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static JsonElement? MemberOf(JsonDocument? body, string name) =>
        body?.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(name, out var member)
            ? member
            : null;

    private static bool IsId(string? text) => text is { Length: > 0 and <= 22 } && text.All(char.IsAsciiDigit);
}
