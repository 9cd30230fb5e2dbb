using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Apply;

/// <summary>What the install says that applying does, or did: slugs.</summary>
internal sealed record ApplyAnswer
{
    public IReadOnlyList<string> Created { get; init; } = [];

    public IReadOnlyList<string> Changed { get; init; } = [];

    public IReadOnlyList<string> Paused { get; init; } = [];

    public IReadOnlyList<string> Resumed { get; init; } = [];

    public IReadOnlyList<string> Erased { get; init; } = [];

    public IReadOnlyList<string> Unchanged { get; init; } = [];

    /// <summary>For each changed server the fields that differ.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    [JsonIgnore]
    public bool IsNothing => Created.Count + Changed.Count + Paused.Count + Resumed.Count + Erased.Count == 0;
}

/// <summary>How it is spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApplyAnswer))]
internal sealed partial class ApplyJson : JsonSerializerContext;
