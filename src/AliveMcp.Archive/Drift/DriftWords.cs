using AliveMcp.Contracts.Changes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>How drift is spelled wherever it is told.</summary>
internal static class DriftWords
{
    public const int MostChanges = 40;
    private const int ToolLength = 128;
    private const int DetailLength = 300;

    public static string Word(DriftKind kind) =>
        kind switch
        {
            DriftKind.BaselineMoved => "baseline_moved",
            DriftKind.ContractUnstable => "contract_unstable",
            _ => "drift",
        };

    public static string Word(ChangeClass @class) =>
        @class switch
        {
            ChangeClass.Security => "security",
            ChangeClass.Breaking => "breaking",
            ChangeClass.Additive => "additive",
            _ => "text",
        };

    /// <summary>The classes that occur, the gravest first.</summary>
    public static IReadOnlyList<ChangeClass> Classes(IEnumerable<ContractChange> changes) =>
        [.. changes.Select(change => change.Class).Distinct().OrderDescending()];

    /// <summary>The first changes as they are shown.</summary>
    public static IReadOnlyList<PanelChange> Lines(IEnumerable<ContractChange> changes) =>
        [
            .. changes
                .Take(MostChanges)
                .Select(change => new PanelChange(
                    Word(change.Class),
                    change.Code,
                    change.Tool is null ? null : SafeText.Of(change.Tool, ToolLength),
                    change.Path,
                    SafeText.Of(change.Detail, DetailLength)
                )),
        ];
}
