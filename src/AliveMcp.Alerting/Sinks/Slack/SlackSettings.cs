using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AliveMcp.Tenancy.Requests;

namespace AliveMcp.Alerting.Sinks.Slack;

/// <summary>An incoming webhook of Slack. Its whole path is the secret; what is shown is the workspace and the webhook's own id.</summary>
internal sealed partial class SlackSettings(SinkOptions options) : ISinkSettings
{
    private const int Longest = 300;

    public SinkKind Kind => SinkKind.Slack;

    public IReadOnlyList<string> Fields { get; } = ["url"];

    public SinkWish? Read(BodyFields body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Text("url", Longest) is not { } text)
        {
            SinkProblems.Missing(body, "url", "the address of an incoming webhook, https://hooks.slack.com/services/…");
            return null;
        }

        var match =
            Uri.TryCreate(text, UriKind.Absolute, out var url) && SinkAddress.IsAt(url, options.Slack)
                ? Path().Match(url.AbsolutePath)
                : Match.Empty;
        if (!match.Success)
        {
            body.Refuse(
                "url",
                "url_invalid",
                $"is no incoming webhook of Slack; it begins with {options.Slack}services/"
            );
            return null;
        }

        var settings = new JsonObject
        {
            ["workspace"] = match.Groups["workspace"].Value,
            ["webhook"] = match.Groups["webhook"].Value,
        };
        return new SinkWish(settings, Encoding.ASCII.GetBytes(match.Value));
    }

    public string Describe(JsonElement settings) =>
        $"Slack workspace {settings.GetProperty("workspace").GetString()}, webhook {settings.GetProperty("webhook").GetString()}";

    [GeneratedRegex(
        @"\A/services/(?<workspace>[A-Z0-9]{6,20})/(?<webhook>[A-Z0-9]{6,20})/[A-Za-z0-9]{16,64}\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Path();
}
