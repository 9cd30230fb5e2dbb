using System.Text.Json.Nodes;

namespace AliveMcp.Testing.Sinks;

/// <summary>A customer's own receiver: says challenges back when told to, publishes a token when it has one, takes everything else.</summary>
public sealed class FakeWebhook : FakePlace
{
    private FakeWebhook() { }

    public bool SaysChallengesBack { get; set; }

    /// <summary>What stands in its well-known file; null: there is none.</summary>
    public string? Token { get; set; }

    public Uri Hook => new(Url, "/hooks/alivemcp?key=planted-in-the-address");

    public static async Task<FakeWebhook> StartAsync()
    {
        var hook = new FakeWebhook();
        await hook.ListenAsync();
        return hook;
    }

    protected override FakeReply Answer(TakenRequest request)
    {
        if (request.Path == "/.well-known/alivemcp-sink.json")
        {
            return Token is { } token
                ? new FakeReply(200, new JsonObject { ["token"] = token }.ToJsonString())
                : new FakeReply(404, "{}");
        }

        return SaysChallengesBack && (string?)request.Json?["type"] == "challenge"
            ? new FakeReply(200, new JsonObject { ["challenge"] = (string?)request.Json["challenge"] }.ToJsonString())
            : new FakeReply(200, "{}");
    }
}
