namespace AliveMcp.Contracts.Screening;

/// <summary>Other servers' tools, spoken of in a text that is not theirs.</summary>
internal sealed class ForeignTools(IReadOnlySet<string> own, IReadOnlySet<string>? foreign)
{
    /// <summary>Where the text turns the reader away from, or towards, a tool that is not in this list; null when it does not.</summary>
    public (int Start, int End)? Find(FoldedText text)
    {
        for (var word = 0; word < text.Words.Count; word++)
        {
            if (IsForeign(text, word) || IsTurnedAway(text, word))
            {
                return (
                    text.Words[Math.Max(0, word - 2)].Start,
                    text.Words[Math.Min(text.Words.Count - 1, word + 3)].End
                );
            }
        }

        return null;
    }

    /// <summary>A known name counts when it is no ordinary word, or when the text calls it a tool.</summary>
    private bool IsForeign(FoldedText text, int word)
    {
        if (foreign is null || Named(text, word, foreign) is not { } name || own.Contains(name))
        {
            return false;
        }

        return IsSpecial(name) || IsCalledTool(text, word);
    }

    /// <summary>"instead of the x tool", "never use the x tool", "when the x tool is": whoever x is, it is not ours.</summary>
    private bool IsTurnedAway(FoldedText text, int word)
    {
        if (!IsCalledTool(text, word) || !IsSpecial(Original(text, word)) || own.Contains(Original(text, word)))
        {
            return false;
        }

        for (var before = Math.Max(0, word - 5); before < word; before++)
        {
            if (
                text.Words[before].Sentence == text.Words[word].Sentence
                && text[before] is "instead" or "replaces" or "never" or "don't" or "whenever" or "avoid"
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCalledTool(FoldedText text, int word) =>
        word + 1 < text.Words.Count
        && text.Words[word].Sentence == text.Words[word + 1].Sentence
        && text[word + 1] is "tool" or "function";

    private static string? Named(FoldedText text, int word, IReadOnlySet<string> names) =>
        Original(text, word) is var name && names.Contains(name) ? name : null;

    private static bool IsSpecial(string name) =>
        name.Contains('_', StringComparison.Ordinal) || name.Skip(1).Any(char.IsUpper);

    private static string Original(FoldedText text, int word)
    {
        var (start, end) = text.Origin(text.Words[word].Start, text.Words[word].End);
        return text.Original[start..end].TrimEnd();
    }
}
