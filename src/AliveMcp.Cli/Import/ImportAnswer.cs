using System.Text.Json.Serialization;
using AliveMcp.Cli.Apply;

namespace AliveMcp.Cli.Import;

/// <summary>What the install says that importing a file does, or did.</summary>
internal sealed record ImportAnswer
{
    public string Format { get; init; } = "";

    public ApplyAnswer Applied { get; init; } = new();

    public IReadOnlyList<SkippedServer> Skipped { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A server of the file that is not watched.</summary>
internal sealed record SkippedServer(string Name, string Why);

/// <summary>How it is spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImportAnswer))]
internal sealed partial class ImportJson : JsonSerializerContext;
