using System.Buffers.Text;
using System.Text;

namespace AliveMcp.Probing.Credentials;

/// <summary>Finds out in one pass over a long text, without a copy, whether it needs a closer look. Reads escapes as <see cref="PlainText"/> does.</summary>
internal sealed class SecretScan
{
    // Eight characters fit a register; a shorter secret is compared by what it has.
    private const int Window = sizeof(ulong);
    private const int Ends = 0xFFF;

    private readonly Dictionary<int, HashSet<ulong>> _windows = [];

    // Which twelve bits windows end in: nearly every place of a text that holds no secret is passed by this alone.
    private readonly bool[] _ends = new bool[Ends + 1];

    /// <param name="folded">Spelled as <see cref="PlainText.Folded"/> spells; two bytes or more.</param>
    public void Learn(ReadOnlySpan<byte> folded)
    {
        var length = Math.Min(folded.Length, Window);
        if (!_windows.TryGetValue(length, out var windows))
        {
            _windows.Add(length, windows = []);
        }

        ulong window = 0;
        for (var at = 0; at < folded.Length; at++)
        {
            window = (window << 8) | folded[at];
            if (at + 1 >= length)
            {
                windows.Add(window & Cut(length));
                _ends[window & Ends] = true;
            }
        }
    }

    public bool Finds(ReadOnlySpan<byte> text)
    {
        ulong window = 0;
        while (!text.IsEmpty)
        {
            var character = Next(ref text);
            window = (window << 8) | (byte)PlainText.Folded((char)character);
            if (_ends[window & Ends] && IsKnown(window))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsKnown(ulong window)
    {
        foreach (var (length, windows) in _windows)
        {
            if (windows.Contains(window & Cut(length)))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Cut(int length) => length == Window ? ulong.MaxValue : (1UL << (8 * length)) - 1;

    private static byte Next(ref ReadOnlySpan<byte> text)
    {
        var (character, length) = text switch
        {
            [(byte)'\\', (byte)'u' or (byte)'U', (byte)'0', (byte)'0', _, _, ..] when Hex(text[4..6]) is { } code => (
                code,
                6
            ),
            [(byte)'\\', (byte)'/' or (byte)'"' or (byte)'\\', ..] => (text[1], 2),
            [(byte)'%', _, _, ..] when Hex(text[1..3]) is { } code => (code, 3),
            [(byte)'&', ..] when Entity(text, out var meant) is > 0 and var read => (meant, read),
            _ => (text[0], 1),
        };
        text = text[length..];
        return character;
    }

    // What is beyond one byte stands in a secret as several: the closer look finds it by its other pieces.
    private static int Entity(ReadOnlySpan<byte> text, out byte meant)
    {
        Span<char> begin = stackalloc char[HtmlEntity.Longest];
        Ascii.ToUtf16(text[..Math.Min(text.Length, begin.Length)], begin, out var count);
        var read = HtmlEntity.Read(begin[..count], out var character);
        meant = (byte)character;
        return character <= 0x7F ? read : 0;
    }

    private static byte? Hex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out byte code, out var used, 'x') && used == digits.Length ? code : null;
}
