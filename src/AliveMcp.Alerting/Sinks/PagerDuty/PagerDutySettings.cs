using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Tenancy.Requests;

namespace AliveMcp.Alerting.Sinks.PagerDuty;

/// <summary>An integration of kind "Events API v2": its key is the secret.</summary>
internal sealed class PagerDutySettings : ISinkSettings
{
    private const int KeyLength = 32;
    private static readonly string[] Regions = ["us", "eu"];

    public SinkKind Kind => SinkKind.PagerDuty;

    public IReadOnlyList<string> Fields { get; } = ["routing_key", "region"];

    public IReadOnlyDictionary<string, string> OpenFields { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "region" };

    public SinkWish? Read(BodyFields body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var region = body.Word("region", Regions) ?? Regions[0];
        if (body.Text("routing_key", longest: 100) is not { } key)
        {
            SinkProblems.Missing(body, "routing_key", "the integration key of an Events API v2 integration");
            return null;
        }

        if (key.Length != KeyLength || !key.All(char.IsAsciiLetterOrDigit))
        {
            body.Refuse("routing_key", "routing_key_invalid", $"is not {KeyLength} letters and digits");
            return null;
        }

        return new SinkWish(new JsonObject { ["region"] = region }, Encoding.ASCII.GetBytes(key));
    }

    public string Describe(JsonElement settings) =>
        $"PagerDuty Events API, region {settings.GetProperty("region").GetString()}";
}
