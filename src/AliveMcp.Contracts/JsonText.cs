using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace AliveMcp.Contracts;

/// <summary>JSON strings to UTF-16 and back, total over what a JSON reader lets pass: lone surrogates stay what they are.</summary>
internal static class JsonText
{
    /// <summary>C0 controls, the two characters that JSON always escapes, and the surrogates, whose pairing must be looked at.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(SpecialChars());

    /// <summary>Appends the characters of a string's inside; false when its bytes are not UTF-8 (U+FFFD then stands for them).</summary>
    public static bool Decode(ReadOnlySpan<byte> inside, bool escaped, PooledBuffer<char> output)
    {
        if (!escaped)
        {
            return DecodePlain(inside, output);
        }

        var valid = true;
        while (inside.IndexOf((byte)'\\') is var at and >= 0)
        {
            valid &= DecodePlain(inside[..at], output);
            inside = inside[(at + 1)..];
            if (inside[0] == 'u')
            {
                Utf8Parser.TryParse(inside.Slice(1, 4), out uint unit, out _, 'x');
                output.Append((char)unit);
                inside = inside[5..];
            }
            else
            {
                output.Append(Unescape(inside[0]));
                inside = inside[1..];
            }
        }

        return DecodePlain(inside, output) && valid;
    }

    /// <summary>Appends the canonical string, quotes included; false when a lone surrogate is in it (written as its escape).</summary>
    public static bool Encode(ReadOnlySpan<char> text, PooledBuffer<byte> output)
    {
        var whole = true;
        output.Append((byte)'"');
        while (text.IndexOfAny(Special) is var at and >= 0)
        {
            EncodePlain(text[..at], output);
            text = text[at..];
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done)
            {
                whole = false;
                AppendUnit(text[0], output);
            }
            else if (rune.Value > 0x7F)
            {
                output.Advance(rune.EncodeToUtf8(output.Room(4)));
            }
            else
            {
                Escape(text[0], output);
            }

            text = text[used..];
        }

        EncodePlain(text, output);
        output.Append((byte)'"');
        return whole;
    }

    private static bool DecodePlain(ReadOnlySpan<byte> bytes, PooledBuffer<char> output)
    {
        // Replaces what is not UTF-8; more characters than bytes there never are.
        Utf8.ToUtf16(bytes, output.Room(bytes.Length), out _, out var written);
        output.Advance(written);
        return Utf8.IsValid(bytes);
    }

    private static void EncodePlain(ReadOnlySpan<char> text, PooledBuffer<byte> output)
    {
        Utf8.FromUtf16(text, output.Room(text.Length * 3), out _, out var written);
        output.Advance(written);
    }

    private static char Unescape(byte letter) =>
        letter switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => (char)letter,
        };

    private static void Escape(char character, PooledBuffer<byte> output)
    {
        var letter = character switch
        {
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '"' or '\\' => character,
            _ => '\0',
        };
        if (letter == '\0')
        {
            AppendUnit(character, output);
            return;
        }

        output.Append((byte)'\\');
        output.Append((byte)letter);
    }

    private static void AppendUnit(char unit, PooledBuffer<byte> output)
    {
        output.Append("\\u"u8);
        Utf8Formatter.TryFormat((uint)unit, output.Room(4), out var written, new StandardFormat('x', 4));
        output.Advance(written);
    }

    private static string SpecialChars()
    {
        var controls = Enumerable.Range(0, 0x20);
        var surrogates = Enumerable.Range(0xD800, 0x800);
        return string.Concat(controls.Concat(surrogates).Select(unit => (char)unit)) + "\"\\";
    }
}
