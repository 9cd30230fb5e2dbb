using System.Globalization;

namespace AliveMcp.Contracts.Screening;

/// <summary>
/// A turn of speech: words in their order, each one of several, with at most so many others between them and all in one sentence.
/// Written as <c>ignore|forget 2 previous|prior instructions</c>; a number is how many words may stand before the next.
/// Matching looks at a bounded number of words from where it starts, so that a whole text costs linear time.
/// </summary>
internal sealed class Phrase
{
    private readonly (HashSet<string> Words, int Gap)[] _slots;

    public Phrase(string code, string pattern)
    {
        Code = code;
        var slots = new List<(HashSet<string>, int)>();
        var gap = 0;
        foreach (var part in pattern.Split(' '))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var words))
            {
                gap = words;
                continue;
            }

            // Patterns are folded like the texts they are looked for in.
            slots.Add((part.Split('|').SelectMany(Spellings).ToHashSet(StringComparer.Ordinal), gap));
            gap = 0;
        }

        _slots = [.. slots];
    }

    public string Code { get; }

    public IEnumerable<string> Starters => _slots[0].Words;

    /// <summary>The last word of the phrase when it starts at a word; -1 when it does not.</summary>
    public int EndFrom(FoldedText text, int word) => End(text, word, 1);

    private int End(FoldedText text, int word, int slot)
    {
        if (slot == _slots.Length)
        {
            return word;
        }

        var (words, gap) = _slots[slot];
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var next = word + 1; next <= word + 1 + gap && next < text.Words.Count; next++)
        {
            if (text.Words[next].Sentence != text.Words[word].Sentence)
            {
                return -1;
            }

            if (lookup.Contains(text[next]) && End(text, next, slot + 1) is var end and >= 0)
            {
                return end;
            }
        }

        return -1;
    }

    // A capital may imitate a Latin letter where the small one does not.
    private static IEnumerable<string> Spellings(string word) =>
        [Folded(word), Folded(char.ToUpperInvariant(word[0]) + word[1..]), Folded(word.ToUpperInvariant())];

    private static string Folded(string word) => FoldedText.Of(word).Letters.ToString();
}
