using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Screening;

/// <summary>
/// Characters that a reader does not see. What a language or a picture needs is no finding: joiners within Arabic, Persian or Indian words and
/// within emoji, marks of direction in texts that run from right to left, one variation selector behind the sign that it changes.
/// </summary>
internal static class HiddenCharacters
{
    /// <summary>The first place of each code, with a sentence; places are in UTF-16 units.</summary>
    public static IEnumerable<(string Code, int Start, int End, string Detail)> Find(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            yield break;
        }

        var isRightToLeft = text.EnumerateRunes().Any(rune => Letters.IsRightToLeft(rune.Value));
        var told = new HashSet<string>(StringComparer.Ordinal);
        var before = default(Rune);
        for (var at = 0; at < text.Length; )
        {
            var start = at;
            at += Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
            if (rune.Value > '~' || rune.Value < ' ')
            {
                var code = CodeOf(rune, before, text, at, isRightToLeft);
                if (code == "tag_unicode" && IsFlag(text, start, ref at))
                {
                    before = default;
                    continue;
                }

                if (code is not null && told.Add(code))
                {
                    var end = code is "tag_unicode" or "variation_selectors" ? EndOfRun(text, start, code) : at;
                    yield return (code, start, end, Detail(code, text[start..end]));
                }
            }

            before = rune;
        }
    }

    private static string? CodeOf(Rune rune, Rune before, string text, int next, bool isRightToLeft)
    {
        var value = rune.Value;
        return value switch
        {
            '\t' or '\n' or '\r' => null,
            < 0x20 or (>= 0x7F and <= 0x9F) => "control_character",
            >= 0xE0000 and <= 0xE007F => "tag_unicode",
            >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => IsSelector(value, before, text, next)
                ? null
                : "variation_selectors",
            0x202D or 0x202E => "bidi_control",
            0x202A or 0x202B or 0x202C or (>= 0x2066 and <= 0x2069) => isRightToLeft ? null : "bidi_control",
            0x200E or 0x200F or 0x061C => isRightToLeft ? null : "hidden_unicode",
            0x200C or 0x200D => IsJoiner(before, text, next) ? null : "hidden_unicode",
            _ => IsInvisible(rune) ? "hidden_unicode" : null,
        };
    }

    /// <summary>Emoji and words of joining scripts hold joiners between their parts.</summary>
    private static bool IsJoiner(Rune before, string text, int next)
    {
        if (before.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) || IsJoined(before))
        {
            return next < text.Length
                && Rune.TryGetRuneAt(text, next, out var after)
                && (IsJoined(after) || !Rune.IsLetter(before));
        }

        return false;
    }

    private static bool IsJoined(Rune rune) =>
        Letters.ScriptOf(rune) == Script.Joining
        || Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark
        || (rune.Value > 0xFF && Letters.IsPicture(rune.Value));

    private static bool IsSelector(int value, Rune before, string text, int next)
    {
        var isLast =
            !Rune.TryGetRuneAt(text, Math.Min(next, text.Length - 1), out var after)
            || next >= text.Length
            || !IsVariation(after.Value);
        return isLast
            && (
                value >= 0xE0100 || value < 0xFE0E
                    ? IsVaried(before.Value)
                    : Letters.IsPicture(before.Value) || IsVaried(before.Value)
            );
    }

    private static bool IsVaried(int value) =>
        Letters.IsIdeograph(value) || value is (>= 0x2200 and <= 0x22FF) or (>= 0x1000 and <= 0x109F);

    private static bool IsVariation(int value) => value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsInvisible(Rune rune) =>
        rune.Value != 0xFE0F
        && SafeText.IsUnsafe(rune)
        && Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.PrivateUse
        && rune.Value is not (0x2028 or 0x2029 or 0x00AD or 0x0600 or 0x2800);

    /// <summary>The flags of England, Scotland and the like are a black flag with tags behind it: at most six letters, then an end.</summary>
    private static bool IsFlag(string text, int start, ref int at)
    {
        const int unit = 2;
        const int blackFlag = 0x1F3F4;
        if (start < unit || !Rune.TryGetRuneAt(text, start - unit, out var flag) || flag.Value != blackFlag)
        {
            return false;
        }

        var end = EndOfRun(text, start, "tag_unicode");
        var isFlag = end - start is >= 4 * unit and <= 7 * unit && Rune.GetRuneAt(text, end - unit).Value == 0xE007F;
        at = isFlag ? end : at;
        return isFlag;
    }

    private static int EndOfRun(string text, int start, string code)
    {
        var at = start;
        while (at < text.Length && Rune.TryGetRuneAt(text, at, out var rune))
        {
            if (code == "tag_unicode" ? rune.Value is < 0xE0000 or > 0xE007F : !IsVariation(rune.Value))
            {
                break;
            }

            at += rune.Utf16SequenceLength;
        }

        return at;
    }

    private static string Detail(string code, string run) =>
        code switch
        {
            "tag_unicode" =>
                $"Invisible tag characters that a model reads as: {Decoded(run, value => value - 0xE0000)}",
            "variation_selectors" => $"Variation selectors that vary nothing; as bytes they say: {Decoded(run, Byte)}",
            "bidi_control" => "A mark that makes the text show in another order than it is read.",
            "control_character" => "A control character; in a terminal it acts instead of being shown.",
            _ => "A character that readers do not see and models do.",
        };

    private static int Byte(int value) => value >= 0xE0100 ? value - 0xE0100 + 16 : value - 0xFE00;

    private static string Decoded(string run, Func<int, int> decode)
    {
        var text = new StringBuilder();
        foreach (var rune in run.EnumerateRunes().Take(200))
        {
            var value = decode(rune.Value);
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : '·');
        }

        return $"\"{SafeText.Of(text.ToString(), 200)}\"";
    }
}
