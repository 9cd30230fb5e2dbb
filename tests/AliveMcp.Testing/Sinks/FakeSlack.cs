using System.Text.Json.Nodes;

namespace AliveMcp.Testing.Sinks;

/// <summary>Slack's incoming webhooks: answers in words and checks blocks as the API does.</summary>
public sealed class FakeSlack : FakePlace
{
    public const string Path = "/services/T024BE7LD/B0CDE3FGH/abcdefghijklmnopqrstuvwx";

    private FakeSlack() { }

    /// <summary>Its workspace took the webhook away.</summary>
    public bool IsTakenAway { get; set; }

    public Uri Webhook => new(Url, Path);

    public static async Task<FakeSlack> StartAsync()
    {
        var slack = new FakeSlack();
        await slack.ListenAsync();
        return slack;
    }

    protected override FakeReply Answer(TakenRequest request)
    {
        if (request.Method != "POST" || request.Path != Path || IsTakenAway)
        {
            return Word(404, "no_service");
        }

        if (request.Json is not { } message)
        {
            return Word(400, "invalid_payload");
        }

        if (message["text"] is null && message["blocks"] is null)
        {
            return Word(400, "no_text");
        }

        return message["blocks"] is JsonArray blocks && !blocks.All(block => IsGood(block!)) || HasTooMany(message)
            ? Word(400, "invalid_blocks")
            : Word(200, "ok");
    }

    private static bool HasTooMany(JsonObject message) => message["blocks"] is JsonArray { Count: > 50 };

    private static bool IsGood(JsonNode block) =>
        (string?)block["type"] switch
        {
            "header" => (string?)block["text"]!["type"] == "plain_text" && Length(block["text"]!) is > 0 and <= 150,
            "rich_text" => block["elements"]!.AsArray().All(element => element!["elements"]!.AsArray().All(IsGoodText)),
            "actions" => block["elements"]!
                .AsArray()
                .All(button => Length(button!["text"]!) <= 75 && ((string)button["url"]!).Length <= 3000),
            _ => false,
        };

    private static bool IsGoodText(JsonNode? text) =>
        (string?)text!["type"] == "text" && ((string)text["text"]!).Length is > 0 and <= 3000;

    private static int Length(JsonNode text) => ((string)text["text"]!).Length;

    private static FakeReply Word(int status, string word) => new(status, word, "text/html");
}
