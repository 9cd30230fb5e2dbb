using System.Text.Json.Serialization;

namespace AliveMcp.Storage.Export;

/// <summary>What an export holds: the last line of an NDJSON stream, <c>manifest.json</c> of an archive of tables. An export without it was cut short.</summary>
/// <param name="Kind">Always <c>manifest</c>.</param>
/// <param name="Version">1.</param>
/// <param name="TakenAt">When.</param>
/// <param name="Month">For example <c>2026-10</c>; null for what is not cut by months.</param>
/// <param name="Surfaces">By their order.</param>
public sealed record ExportManifest(
    string Kind,
    int Version,
    DateTimeOffset TakenAt,
    string? Month,
    IReadOnlyList<ExportCount> Surfaces
);

/// <summary>One surface of an export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many.</param>
/// <param name="Bytes">Of its lines, line ends included.</param>
/// <param name="Sha256">Of these bytes, 64 hex digits.</param>
public sealed record ExportCount(string Name, long Rows, long Bytes, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ExportJson : JsonSerializerContext;
