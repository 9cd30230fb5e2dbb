using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Export;

/// <summary>What the install says that there is.</summary>
internal sealed record ExportContents(IReadOnlyList<string> Months);

/// <summary>The end of an export.</summary>
internal sealed record ExportedManifest(
    string Kind,
    DateTimeOffset TakenAt,
    string? Month,
    IReadOnlyList<ExportedSurface> Surfaces
);

/// <summary>One surface of it.</summary>
internal sealed record ExportedSurface(string Name, long Rows, long Bytes, string Sha256);

/// <summary>How they are spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExportContents))]
[JsonSerializable(typeof(ExportedManifest))]
internal sealed partial class ExportJson : JsonSerializerContext;
