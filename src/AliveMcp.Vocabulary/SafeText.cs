using System.Buffers;
using System.Text;

namespace AliveMcp.Vocabulary;

/// <summary>
/// Strangers' text made safe to show in a terminal, a log or a page: what would act instead of being read
/// (control characters, bidi controls, tag characters, zero-width and blank-looking characters) stands there as <c>\u{202e}</c>.
/// It does not replace the escaping of the place it goes to (HTML, terminal markup).
/// </summary>
public static class SafeText
{
    private const string CutMark = "…";

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    );

    /// <summary>The text with its acting characters escaped, at most <paramref name="max"/> UTF-16 units long; a cut ends in an ellipsis and never parts an escape or a surrogate pair.</summary>
    /// <param name="text">As it came from the stranger; null gives the empty text.</param>
    /// <param name="max">Longest result, 1 or more. Default 300.</param>
    public static string Of(string? text, int max = 300)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        if (string.IsNullOrEmpty(text) || (text.Length <= max && !text.AsSpan().ContainsAnyExcept(Plain)))
        {
            return text ?? "";
        }

        return Escape(text, max);
    }

    /// <summary>Whether a character would act, or be invisible, instead of being read.</summary>
    public static bool IsUnsafe(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
        || IsBlank(rune.Value);

    private static string Escape(string text, int max)
    {
        var output = new StringBuilder(Math.Min(text.Length, max) + 16);
        // Where to cut back to when the mark no longer fits behind what was written.
        var fitsMark = 0;
        var at = 0;
        while (at < text.Length)
        {
            var piece = Next(text, ref at);
            if (output.Length + piece.Length > max)
            {
                output.Length = fitsMark;
                return output.Append(CutMark).ToString();
            }

            output.Append(piece);
            if (output.Length < max)
            {
                fitsMark = output.Length;
            }
        }

        return output.ToString();
    }

    private static ReadOnlySpan<char> Next(string text, ref int at)
    {
        var start = at;
        if (Rune.TryGetRuneAt(text, at, out var rune))
        {
            at += rune.Utf16SequenceLength;
            return IsUnsafe(rune) ? Escaped(rune.Value) : text.AsSpan(start, rune.Utf16SequenceLength);
        }

        at++;
        return Escaped(text[start]);
    }

    private static string Escaped(int value) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{value:x}}}");

    /// <summary>Letters and marks that show nothing: fillers and the variation selectors in which text is hidden (U+FE0F stays, emoji need it).</summary>
    private static bool IsBlank(int value) =>
        value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or 0x2800
                or 0x3164
                or 0xFFA0
                or (>= 0xFE00 and <= 0xFE0E)
                or (>= 0xE0000 and <= 0xE0FFF);
}
