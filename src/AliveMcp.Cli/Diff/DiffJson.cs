using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Contracts.Changes;

namespace AliveMcp.Cli.Diff;

/// <summary>The one object that <c>alivemcp diff --json</c> prints.</summary>
internal sealed partial record DiffJson
{
    public required SideJson Before { get; init; }

    public required SideJson After { get; init; }

    public required string FailOn { get; init; }

    /// <summary>Whether a change closes the gate.</summary>
    public required bool Gated { get; init; }

    public required IReadOnlyList<ChangeJson> Changes { get; init; }

    public static string Print(Difference difference) =>
        JsonSerializer.Serialize(
            new DiffJson
            {
                Before = SideJson.Of(difference.Before),
                After = SideJson.Of(difference.After),
                FailOn = Gates.Word(difference.Gate),
                Gated = difference.IsGated,
                Changes = [.. difference.Changes.Select(change => ChangeJson.Of(change, difference.Gate))],
            },
            DiffShape.Default.DiffJson
        );

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = true
    )]
    [JsonSerializable(typeof(DiffJson))]
    private sealed partial class DiffShape : JsonSerializerContext;
}

/// <summary>One of the two contracts.</summary>
internal sealed record SideJson(
    string Source,
    string Url,
    string? ProtocolVersion,
    int Tools,
    string ContractHash,
    string FullHash
)
{
    public static SideJson Of(Side side) =>
        new(
            side.Source,
            side.Lock.Url,
            side.Lock.ProtocolVersion,
            side.Lock.Contract.ToolCount,
            side.Lock.Contract.ContractHash,
            side.Lock.Contract.FullHash
        );
}

/// <summary>One change.</summary>
internal sealed record ChangeJson(
    string Class,
    string Code,
    string? Tool,
    string Path,
    string Detail,
    string? Before,
    string? After,
    bool Gated
)
{
    public static ChangeJson Of(ContractChange change, Gate gate) =>
        new(
            change.Class.ToString().ToLowerInvariant(),
            change.Code,
            change.Tool,
            change.Path,
            change.Detail,
            change.Before,
            change.After,
            gate.Stops(change.Class)
        );
}
