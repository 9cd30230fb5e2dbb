using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Telegram;

/// <summary>
/// One message for one incident, whose id is the thread. It always says how things are; an edit rings on no phone, so what somebody is to
/// hear – that it goes on being told anew, that it is over – comes as an answer to it besides.
/// </summary>
internal sealed class TelegramSink(SinkHttp http, SinkOptions options, AcknowledgeLinks links) : ISink
{
    public SinkKind Kind => SinkKind.Telegram;

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
        var payload = TelegramMessage.Of(MessageView.Of(message), acknowledge);
        var first = IdOf(thread);
        var isEdited = false;
        if (first is { } id)
        {
            // First, because it may be done twice: what rings is sent once, at the end.
            var edited = await EditAsync(sink, payload, id, cancellationToken);
            isEdited = edited.IsTaken || edited.IsUnchanged;
            if (isEdited ? !Rings(message) : edited.Status != 400)
            {
                return edited.ToAnswer();
            }

            // Of the others, 400 says that somebody deleted it: what is to be said is said anew.
            payload["reply_parameters"] = new JsonObject
            {
                ["message_id"] = id,
                ["allow_sending_without_reply"] = true,
            };
        }

        var sent = await AskAsync(sink, "sendMessage", payload, cancellationToken);
        var answer = sent.ToAnswer();
        return isEdited ? answer with { Thread = null } : answer;
    }

    /// <summary>Asks whether the bot still sees the chat, without a message.</summary>
    /// <param name="sink">With its secret.</param>
    /// <param name="cancellationToken">Ours alone.</param>
    public async Task<SinkAnswer> LookAsync(SinkAtHand sink, CancellationToken cancellationToken) =>
        (await AskAsync(sink, "getChat", [], cancellationToken)).ToAnswer();

    /// <summary>Updates tell of the state of what rang already; everything else is to be heard.</summary>
    private static bool Rings(AlertMessage message) => message.Type != AlertType.Updated.Word();

    private Task<TelegramReply> EditAsync(
        SinkAtHand sink,
        JsonObject payload,
        long id,
        CancellationToken cancellationToken
    )
    {
        var edit = (JsonObject)payload.DeepClone();
        edit["message_id"] = id;
        return AskAsync(sink, "editMessageText", edit, cancellationToken);
    }

    private async Task<TelegramReply> AskAsync(
        SinkAtHand sink,
        string method,
        JsonObject payload,
        CancellationToken cancellationToken
    )
    {
        var reply = await AskAsync(sink, method, payload, TelegramSettings.ChatOf(sink.Settings), cancellationToken);
        // A group that became a supergroup is the same people under another number.
        return reply.MovedTo is { } chat ? await AskAsync(sink, method, payload, chat, cancellationToken) : reply;
    }

    private async Task<TelegramReply> AskAsync(
        SinkAtHand sink,
        string method,
        JsonObject payload,
        string chat,
        CancellationToken cancellationToken
    )
    {
        payload["chat_id"] = chat;
        var token = Encoding.ASCII.GetString(sink.Secret!);
        var url = new Uri(options.Telegram, $"/bot{token}/{method}");
        var json = JsonSerializer.SerializeToUtf8Bytes(payload);
        return TelegramReply.Of(await http.SendAsync(HttpMethod.Post, url, json, [], cancellationToken), token);
    }

    private static long? IdOf(string? thread) =>
        thread is { Length: > 0 and <= 18 } && thread.All(char.IsAsciiDigit)
            ? long.Parse(thread, System.Globalization.CultureInfo.InvariantCulture)
            : null;
}
