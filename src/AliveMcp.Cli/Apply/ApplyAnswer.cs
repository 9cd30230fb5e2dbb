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

/// <summary>A refusal as problem details.</summary>
internal sealed record ApplyRefusal
{
    public string? Code { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<RefusedField> Errors { get; init; } = [];
}

/// <summary>One of its problems.</summary>
internal sealed record RefusedField(string? Code, string? Message, string? Field);

/// <summary>How they are spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApplyAnswer))]
[JsonSerializable(typeof(ApplyRefusal))]
internal sealed partial class ApplyJson : JsonSerializerContext;
