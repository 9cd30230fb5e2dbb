using System.Text.Json.Serialization;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>How contracts are spelled in the API: snake_case, classes by their public words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ContractAnswer))]
[JsonSerializable(typeof(ComparisonAnswer))]
internal sealed partial class ContractJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /servers/{slug}/contract</c>; <c>current</c> is null until a tool list was seen.</summary>
internal sealed record ContractAnswer(
    string Slug,
    CurrentLine? Current,
    IReadOnlyList<VersionLine> Versions,
    string? Next
);

/// <summary>What is published now.</summary>
internal sealed record CurrentLine(
    string ContractHash,
    int ToolCount,
    IReadOnlyList<string> Tools,
    DateTimeOffset FirstSeen,
    DateTimeOffset? LastChange,
    string? ProtocolVersion,
    string? ServerName,
    string? ServerVersion,
    IReadOnlyList<PanelFinding> Findings
)
{
    private const int NameLength = 128;

    public static CurrentLine Of(ContractPanel panel) =>
        new(
            panel.ContractHash,
            panel.ToolCount,
            [.. panel.ToolNames.Select(name => SafeText.Of(name, NameLength))],
            panel.FirstSeen,
            panel.LastChange,
            Safe(panel.ProtocolVersion),
            Safe(panel.ServerName),
            Safe(panel.ServerVersion),
            panel.Findings
        );

    private static string? Safe(string? text) => text is null ? null : SafeText.Of(text, NameLength);
}

/// <summary>A list that was shown at some time.</summary>
internal sealed record VersionLine(string FullHash, string ContractHash, int ToolCount, DateTimeOffset FirstSeen)
{
    public static VersionLine Of(ContractVersionRow row) =>
        new(row.FullHash, row.ContractHash, row.ToolCount, row.FirstSeen);
}

/// <summary>Answer of <c>GET /servers/{slug}/contract/compare</c>.</summary>
internal sealed record ComparisonAnswer(
    string Slug,
    string FromHash,
    string ToHash,
    bool SameContract,
    bool AcrossVersions,
    IReadOnlyList<string> Classes,
    int ChangeCount,
    IReadOnlyList<ComparedChange> Changes
)
{
    public static ComparisonAnswer Of(string slug, ContractComparison comparison) =>
        new(
            slug,
            comparison.From.FullHash,
            comparison.To.FullHash,
            comparison.From.ContractHash == comparison.To.ContractHash,
            comparison.AcrossVersions,
            comparison.Classes,
            comparison.ChangeCount,
            comparison.Changes
        );
}
