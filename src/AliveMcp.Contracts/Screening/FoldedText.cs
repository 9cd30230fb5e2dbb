using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Screening;

/// <summary>
/// A text as a model reads it: what is invisible taken out, look-alikes replaced, small letters, and cut into words.
/// Every character knows where it came from, so that a finding can show the original.
/// </summary>
internal sealed class FoldedText
{
    private readonly int[] _origins;

    private FoldedText(string original, char[] letters, int[] origins, List<Word> words) =>
        (Original, Letters, _origins, Words) = (original, letters, origins, words);

    public string Original { get; }

    public ReadOnlyMemory<char> Letters { get; }

    public IReadOnlyList<Word> Words { get; }

    public static FoldedText Of(string original)
    {
        var letters = new List<char>(original.Length);
        var origins = new List<int>(original.Length);
        var at = 0;
        while (at < original.Length)
        {
            var start = at;
            if (!Rune.TryGetRuneAt(original, at, out var rune))
            {
                at++;
                continue;
            }

            at += rune.Utf16SequenceLength;
            if (Fold(rune) is { } folded)
            {
                letters.Add(folded);
                origins.Add(start);
            }
        }

        var text = letters.ToArray();
        return new FoldedText(original, text, [.. origins], Cut(text));
    }

    /// <summary>The word at an index.</summary>
    public ReadOnlySpan<char> this[int word] => Letters.Span[Words[word].Start..Words[word].End];

    /// <summary>Where in the original something of the folded letters stands.</summary>
    public (int Start, int End) Origin(int start, int end) =>
        (_origins[start], end < _origins.Length ? _origins[end] : Original.Length);

    // Null for what a reader does not see. Letters beyond the first plane stand for themselves by a sign that no word has.
    private static char? Fold(Rune rune)
    {
        var value = Screening.Letters.Imitated(rune.Value);
        return value switch
        {
            '\t' or '\n' or '\r' => (char)value,
            0xAD => null,
            0x2019 => '\'',
            _ when rune.Value > 0x7F && SafeText.IsUnsafe(rune) => null,
            0xFE0F => null,
            > 0xFFFF => '\u25a1',
            _ => char.ToLowerInvariant((char)value),
        };
    }

    private static List<Word> Cut(char[] text)
    {
        var words = new List<Word>();
        var sentence = 0;
        var at = 0;
        while (at < text.Length)
        {
            if (!IsWord(text[at]))
            {
                sentence += IsEnd(text, at) ? 1 : 0;
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (IsWord(text[at]) || IsApostrophe(text, at)))
            {
                at++;
            }

            words.Add(new Word(start, at, sentence));
        }

        return words;
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

    private static bool IsApostrophe(char[] text, int at) =>
        text[at] == '\'' && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    private static bool IsEnd(char[] text, int at) =>
        text[at] is '.' or '!' or '?' or ';'
            ? at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])
            : text[at] == '\n' && at + 1 < text.Length && text[at + 1] == '\n';

    /// <summary>One word: its letters, and in which sentence it stands.</summary>
    internal readonly record struct Word(int Start, int End, int Sentence);
}
