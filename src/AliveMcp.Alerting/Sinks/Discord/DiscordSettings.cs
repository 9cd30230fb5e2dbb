using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AliveMcp.Tenancy.Requests;

namespace AliveMcp.Alerting.Sinks.Discord;

/// <summary>A webhook of a Discord channel. Its path is the secret; what is shown is its id.</summary>
internal sealed partial class DiscordSettings(SinkOptions options) : ISinkSettings
{
    private const int Longest = 300;

    public SinkKind Kind => SinkKind.Discord;

    public IReadOnlyList<string> Fields { get; } = ["url"];

    public SinkWish? Read(BodyFields body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Text("url", Longest) is not { } text)
        {
            SinkProblems.Missing(body, "url", "the address of a webhook, https://discord.com/api/webhooks/…");
            return null;
        }

        var match =
            Uri.TryCreate(text, UriKind.Absolute, out var url) && SinkAddress.IsAt(url, options.Discord)
                ? Path().Match(url.AbsolutePath)
                : Match.Empty;
        if (!match.Success)
        {
            body.Refuse(
                "url",
                "url_invalid",
                $"is no webhook of Discord; it begins with {options.Discord}api/webhooks/"
            );
            return null;
        }

        var settings = new JsonObject { ["webhook"] = match.Groups["webhook"].Value };
        return new SinkWish(settings, Encoding.ASCII.GetBytes(match.Value));
    }

    public string Describe(JsonElement settings) => $"Discord webhook {settings.GetProperty("webhook").GetString()}";

    [GeneratedRegex(
        @"\A/api/(v\d{1,2}/)?webhooks/(?<webhook>[0-9]{15,22})/[A-Za-z0-9_-]{40,120}\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Path();
}
