using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Tenancy.Requests;

namespace AliveMcp.Alerting.Sinks.Webhook;

/// <summary>
/// An address that takes our JSON. The whole of it is kept as a secret, for many have their token in it; origin and host are shown. What
/// messages are signed with is made here and told once.
/// </summary>
internal sealed class WebhookSettings(WebhookAddress addresses) : ISinkSettings
{
    private const int Longest = 2000;

    public SinkKind Kind => SinkKind.Webhook;

    public IReadOnlyList<string> Fields { get; } = ["url"];

    public SinkWish? Read(BodyFields body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Text("url", Longest) is not { } text)
        {
            SinkProblems.Missing(body, "url", "where messages are posted to, https://…");
            return null;
        }

        if (addresses.Read(text, out var why) is not { } url)
        {
            body.Refuse("url", "url_invalid", why);
            return null;
        }

        var key = NewKey();
        var settings = new JsonObject
        {
            ["origin"] = url.GetLeftPart(UriPartial.Authority),
            ["host"] = url.IdnHost,
            ["key_slot"] = 0,
        };
        return new SinkWish(settings, Encoding.ASCII.GetBytes(url.AbsoluteUri))
        {
            Key = Encoding.ASCII.GetBytes(key),
            Shown = key,
        };
    }

    public string Describe(JsonElement settings) => settings.GetProperty("origin").GetString() ?? "";

    /// <summary>What a webhook's messages are signed with: 256 bits by chance.</summary>
    public static string NewKey() => "whsec_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
