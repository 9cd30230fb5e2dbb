using System.Globalization;
using System.Text.Json;

namespace AliveMcp.Alerting.Sinks.Telegram;

/// <summary>What the Bot API answered. https://core.telegram.org/bots/api#making-requests</summary>
internal sealed record TelegramReply
{
    private readonly SinkReply _reply;

    private TelegramReply(SinkReply reply) => _reply = reply;

    /// <summary>Null: no answer.</summary>
    public int? Status => _reply.Status;

    public bool IsTaken => _reply.IsTaken && IsOk == true;

    /// <summary>An edit to what stands there already is refused, and nothing is missing.</summary>
    public bool IsUnchanged => Status == 400 && Says("message is not modified");

    /// <summary>The number that the chat has by now; null: the one it was asked by.</summary>
    public string? MovedTo { get; private init; }

    /// <summary>Null: nobody's word, or that of something on the way there.</summary>
    private bool? IsOk { get; init; }

    private string Description { get; init; } = "";

    private string? MessageId { get; init; }

    private TimeSpan? RetryAfter { get; init; }

    /// <param name="reply">As it came.</param>
    /// <param name="token">What must not be repeated, should somebody on the way repeat the address.</param>
    public static TelegramReply Of(SinkReply reply, string token)
    {
        using var body = SinkReply.Read(reply.Body);
        var root = body?.RootElement;
        var parameters = MemberOf(root, "parameters");
        return new TelegramReply(reply)
        {
            IsOk = MemberOf(root, "ok")?.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            },
            Description = MemberOf(root, "description") is { ValueKind: JsonValueKind.String } text
                ? text.GetString()!.Replace(token, "…", StringComparison.Ordinal)
                : "",
            MessageId = NumberOf(MemberOf(root, "result"), "message_id")?.ToString(CultureInfo.InvariantCulture),
            MovedTo = NumberOf(parameters, "migrate_to_chat_id")?.ToString(CultureInfo.InvariantCulture),
            RetryAfter = NumberOf(parameters, "retry_after") is { } seconds and >= 0 and < 86400
                ? TimeSpan.FromSeconds(seconds)
                : null,
        };
    }

    public SinkAnswer ToAnswer()
    {
        if (IsTaken)
        {
            return _reply.ToAnswer() with { Thread = MessageId, RequestId = MessageId };
        }

        if (IsUnchanged)
        {
            return new SinkAnswer(SinkOutcome.Delivered, Status, "It stands there already.");
        }

        var answer = _reply.IsTaken
            ? new SinkAnswer(SinkOutcome.Later, Status, "The answer is none of Telegram's.")
            : _reply.ToAnswer(Description);
        return IsGone
            ? answer with
            {
                Outcome = SinkOutcome.Gone,
            }
            : answer with
            {
                RetryAfter = RetryAfter ?? answer.RetryAfter,
            };
    }

    /// <summary>Of Telegram's own word alone: 401 and 404 are a token that is none any more, 403 a bot that was blocked or sent away.</summary>
    private bool IsGone =>
        IsOk == false && MovedTo is null && (Status is 401 or 403 or 404 || (Status == 400 && Says("chat not found")));

    private bool Says(string words) => Description.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static long? NumberOf(JsonElement? parent, string name) =>
        MemberOf(parent, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value)
            ? value
            : null;

    private static JsonElement? MemberOf(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var member)
            ? member
            : null;
}
