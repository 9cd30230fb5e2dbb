using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AliveMcp.Testing.Sinks;

/// <summary>Telegram's Bot API: one bot in one chat, whose messages have numbers, are answered and edited, and have limits.</summary>
public sealed class FakeTelegram : FakePlace
{
    public const string Token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    public const string Chat = "-1001234567890";

    private static readonly string[] Marks = ["bold", "pre", "text_link"];

    private long _last = 40;

    private FakeTelegram() { }

    /// <summary>Messages as they read now, by number.</summary>
    public ConcurrentDictionary<string, JsonObject> Messages { get; } = new();

    /// <summary>The number that the chat has instead, once it is a supergroup; null: it is none.</summary>
    public long? MovedTo { get; set; }

    public static async Task<FakeTelegram> StartAsync()
    {
        var telegram = new FakeTelegram();
        await telegram.ListenAsync();
        return telegram;
    }

    protected override FakeReply Answer(TakenRequest request)
    {
        if (!request.Path.StartsWith($"/bot{Token}/", StringComparison.Ordinal))
        {
            return request.Path.StartsWith($"/bot{Token.Split(':')[0]}:", StringComparison.Ordinal)
                ? Refuse(401, "Unauthorized")
                : Refuse(404, "Not Found");
        }

        if (request.Json is not { } body)
        {
            return Refuse(400, "Bad Request: message text is empty");
        }

        if (MovedTo is { } moved && (string?)body["chat_id"] == Chat)
        {
            return Refuse(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                new JsonObject { ["migrate_to_chat_id"] = moved }
            );
        }

        var chat = MovedTo?.ToString(CultureInfo.InvariantCulture) ?? Chat;
        if ((string?)body["chat_id"] != chat)
        {
            return Refuse(400, "Bad Request: chat not found");
        }

        return request.Path[($"/bot{Token}/".Length)..] switch
        {
            "getChat" => Take(new JsonObject { ["id"] = long.Parse(chat, CultureInfo.InvariantCulture) }),
            "sendMessage" => FaultOf(body) ?? Post(body),
            "editMessageText" => FaultOf(body) ?? Edit(body),
            _ => Refuse(404, "Not Found"),
        };
    }

    private FakeReply Post(JsonObject message)
    {
        if (
            message["reply_parameters"] is JsonObject reply
            && !Messages.ContainsKey(reply["message_id"]!.ToString())
            && (bool?)reply["allow_sending_without_reply"] != true
        )
        {
            return Refuse(400, "Bad Request: message to be replied not found");
        }

        var id = Interlocked.Increment(ref _last);
        Messages[id.ToString(CultureInfo.InvariantCulture)] = message;
        return Take(new JsonObject { ["message_id"] = id });
    }

    private FakeReply Edit(JsonObject message)
    {
        var id = message["message_id"]?.ToString() ?? "";
        if (!Messages.TryGetValue(id, out var before))
        {
            return Refuse(400, "Bad Request: message to edit not found");
        }

        if (
            JsonNode.DeepEquals(before["text"], message["text"])
            && JsonNode.DeepEquals(before["entities"], message["entities"])
        )
        {
            return Refuse(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
            );
        }

        Messages[id] = message;
        return Take(new JsonObject { ["message_id"] = long.Parse(id, CultureInfo.InvariantCulture) });
    }

    private static FakeReply? FaultOf(JsonObject message)
    {
        var text = (string?)message["text"] ?? "";
        if (text.Trim().Length == 0)
        {
            return Refuse(400, "Bad Request: message text is empty");
        }

        if (text.Length > 4096)
        {
            return Refuse(400, "Bad Request: message is too long");
        }

        var isGood = (message["entities"] as JsonArray ?? []).All(entity =>
            Marks.Contains((string?)entity!["type"])
            && (int)entity["offset"]! >= 0
            && (int)entity["length"]! > 0
            && (int)entity["offset"]! + (int)entity["length"]! <= text.Length
            && ((string?)entity["type"] != "text_link" || entity["url"] is not null)
        );
        return isGood ? null : Refuse(400, "Bad Request: can't parse entities");
    }

    private static FakeReply Take(JsonObject result) =>
        new(200, new JsonObject { ["ok"] = true, ["result"] = result }.ToJsonString());

    private static FakeReply Refuse(int status, string description, JsonObject? parameters = null)
    {
        var body = new JsonObject
        {
            ["ok"] = false,
            ["error_code"] = status,
            ["description"] = description,
        };
        if (parameters is not null)
        {
            body["parameters"] = parameters;
        }

        return new FakeReply(status, body.ToJsonString());
    }
}
