using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Minute;

/// <summary>What the install tells of a minute. What this command does not show itself is passed on with <c>--json</c>.</summary>
internal sealed record MinuteAnswer
{
    public required string Slug { get; init; }

    public required string Minute { get; init; }

    /// <summary>The story, a line a step.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Everything else, as it came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Rest { get; set; }
}

/// <summary>How it is spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = false)]
[JsonSerializable(typeof(MinuteAnswer))]
internal sealed partial class MinuteJson : JsonSerializerContext;
