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

    /// <summary>The other lists of the file, by their keys.</summary>
    public IReadOnlyDictionary<string, PartAnswer> Parts
    {
        get;
        init => field = value ?? field;
    } = new Dictionary<string, PartAnswer>(StringComparer.Ordinal);

    [JsonIgnore]
    public bool IsNothing =>
        Created.Count + Changed.Count + Paused.Count + Resumed.Count + Erased.Count == 0
        && Parts.Values.All(part => part.IsNothing);
}

/// <summary>What applying does to another list of the file: names.</summary>
internal sealed record PartAnswer
{
    public IReadOnlyList<string> Created { get; init; } = [];

    public IReadOnlyList<string> Changed { get; init; } = [];

    public IReadOnlyList<string> Paused { get; init; } = [];

    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Left the file, and nobody asked to prune.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    public IReadOnlyList<string> Unchanged { get; init; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>What the file refers to.</summary>
    public IReadOnlyList<SecretAnswer> Secrets { get; init; } = [];

    /// <summary>What is left to do.</summary>
    public IReadOnlyList<string> Todo { get; init; } = [];

    [JsonIgnore]
    public bool IsNothing => Created.Count + Changed.Count + Paused.Count + Removed.Count == 0;
}

/// <summary>A secret that the file refers to, for example <c>env:OPS_URL</c>.</summary>
internal sealed record SecretAnswer(string Reference);

/// <summary>A file with the secrets that it refers to.</summary>
internal sealed record WrappedFile(string File, IReadOnlyDictionary<string, string> Secrets);

/// <summary>How it is spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApplyAnswer))]
[JsonSerializable(typeof(WrappedFile))]
internal sealed partial class ApplyJson : JsonSerializerContext;
