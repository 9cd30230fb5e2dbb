using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AliveMcp.Testing.Sinks;

/// <summary>Discord's webhooks: messages have ids when asked to wait, are edited in place, and their embeds have limits.</summary>
public sealed class FakeDiscord : FakePlace
{
    public const string Path =
        "/api/webhooks/112233445566778899/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_0123456789abcd";

    private long _last = 900_000_000_000_000_000;

    private FakeDiscord() { }

    /// <summary>Messages as they read now, by id.</summary>
    public ConcurrentDictionary<string, JsonObject> Messages { get; } = new();

    /// <summary>Somebody deleted the webhook.</summary>
    public bool IsDeleted { get; set; }

    public Uri Webhook => new(Url, Path);

    public static async Task<FakeDiscord> StartAsync()
    {
        var discord = new FakeDiscord();
        await discord.ListenAsync();
        return discord;
    }

    protected override FakeReply Answer(TakenRequest request)
    {
        if (!request.Path.StartsWith(Path, StringComparison.Ordinal) || IsDeleted)
        {
            return Refuse(404, 10015, "Unknown Webhook");
        }

        if (request.Method == "GET")
        {
            return new FakeReply(200, """{"type":1,"id":"112233445566778899"}""");
        }

        if (request.Json is not { } message)
        {
            return Refuse(400, 50109, "The request body contains invalid JSON.");
        }

        if (!HasGoodEmbeds(message))
        {
            return Refuse(400, 50035, "Invalid Form Body");
        }

        var place = request.Path[Path.Length..];
        return request.Method == "PATCH"
            ? Edit(place.Replace("/messages/", "", StringComparison.Ordinal), message)
            : Post(request, message);
    }

    private FakeReply Post(TakenRequest request, JsonObject message)
    {
        var id = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        Messages[id] = message;
        return request.Query == "?wait=true"
            ? new FakeReply(200, new JsonObject { ["id"] = id, ["type"] = 0 }.ToJsonString())
            : new FakeReply(204, "");
    }

    private FakeReply Edit(string id, JsonObject message)
    {
        if (!Messages.ContainsKey(id))
        {
            return Refuse(404, 10008, "Unknown Message");
        }

        Messages[id] = message;
        return new FakeReply(200, new JsonObject { ["id"] = id, ["type"] = 0 }.ToJsonString());
    }

    private static bool HasGoodEmbeds(JsonObject message) =>
        ((string?)message["content"] ?? "").Length <= 2000
        && message["embeds"] is JsonArray { Count: > 0 and <= 10 } embeds
        && embeds.Sum(embed => Size(embed!)) <= 6000
        && embeds.All(embed => IsGood(embed!));

    private static bool IsGood(JsonNode embed) =>
        Text(embed["title"]).Length is > 0 and <= 256
        && Text(embed["description"]).Length <= 4096
        && Fields(embed).Count <= 25
        && Fields(embed)
            .All(field =>
                Text(field!["name"]).Length is > 0 and <= 256 && Text(field["value"]).Length is > 0 and <= 1024
            );

    private static int Size(JsonNode embed) =>
        Text(embed["title"]).Length
        + Text(embed["description"]).Length
        + Fields(embed).Sum(field => Text(field!["name"]).Length + Text(field["value"]).Length);

    private static JsonArray Fields(JsonNode embed) => embed["fields"] as JsonArray ?? [];

    private static string Text(JsonNode? node) => (string?)node ?? "";

    private static FakeReply Refuse(int status, int code, string message) =>
        new(status, new JsonObject { ["message"] = message, ["code"] = code }.ToJsonString());
}
