using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>A change of contract that was declared: two planned minutes in a row agreed on it. All words are safe to print; still a stranger's.</summary>
public sealed record DeclaredDrift
{
    /// <summary>Its number; with the minute, its place in the list.</summary>
    public long Id { get; init; }

    /// <summary>The first minute that showed the new list.</summary>
    public required MinuteStamp Minute { get; init; }

    /// <summary><c>drift</c>, <c>baseline_moved</c> or <c>contract_unstable</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>security</c>, <c>breaking</c>, <c>additive</c>, <c>text</c>: those that occur, the gravest first. Empty when a list is not kept.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Contract hash before.</summary>
    public required string FromHash { get; init; }

    /// <summary>Contract hash after; the same when words alone changed.</summary>
    public required string ToHash { get; init; }

    /// <summary>The changes, the gravest first; at most 40.</summary>
    public required IReadOnlyList<PanelChange> Changes { get; init; }

    /// <summary>How many changes there were altogether.</summary>
    public required int ChangeCount { get; init; }
}
