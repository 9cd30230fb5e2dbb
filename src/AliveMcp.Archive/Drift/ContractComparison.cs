using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts.Changes;

namespace AliveMcp.Archive.Drift;

/// <summary>What differs between two lists that a server showed. All words are safe to print; still a stranger's.</summary>
public sealed record ContractComparison
{
    /// <summary>The one compared with.</summary>
    public required KeptContract From { get; init; }

    /// <summary>The one compared.</summary>
    public required KeptContract To { get; init; }

    /// <summary>They were taken under different protocol versions: what only one of the two knows is left out.</summary>
    public required bool AcrossVersions { get; init; }

    /// <summary>The classes that occur, the gravest first; empty when nothing differs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The changes, the gravest first; at most 200.</summary>
    public required IReadOnlyList<ComparedChange> Changes { get; init; }

    /// <summary>How many changes there are altogether.</summary>
    public required int ChangeCount { get; init; }
}

/// <summary>One difference.</summary>
/// <param name="Class"><c>security</c>, <c>breaking</c>, <c>additive</c> or <c>text</c>.</param>
/// <param name="Code">Stable word, for example <c>parameter_removed</c>.</param>
/// <param name="Tool">Name of the tool; null for the list itself.</param>
/// <param name="Path">JSON Pointer inside the tool.</param>
/// <param name="Detail">One sentence.</param>
/// <param name="Before">What was there, shortened; null when nothing was.</param>
/// <param name="After">What is there now, shortened; null when nothing is.</param>
public sealed record ComparedChange(
    string Class,
    string Code,
    string? Tool,
    string Path,
    string Detail,
    string? Before,
    string? After
)
{
    private const int NameLength = 128;
    private const int TextLength = 300;

    internal static ComparedChange Of(ContractChange change) =>
        new(
            DriftWords.Word(change.Class),
            change.Code,
            Safe(change.Tool, NameLength),
            Vocabulary.SafeText.Of(change.Path, TextLength),
            Vocabulary.SafeText.Of(change.Detail, TextLength),
            Safe(change.Before, TextLength),
            Safe(change.After, TextLength)
        );

    private static string? Safe(string? text, int most) => text is null ? null : Vocabulary.SafeText.Of(text, most);
}
