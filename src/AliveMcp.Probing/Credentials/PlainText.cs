using System.Globalization;
using System.Text;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// A text as it would read without the escapes of JSON, URLs and HTML, in upper case and in one Base64 alphabet, with the way back to the
/// original: a server that quotes a secret quotes it in the spelling of its own format.
/// </summary>
internal readonly struct PlainText
{
    private readonly int[] _ends;

    private PlainText(string characters, int[] ends) => (Characters, _ends) = (characters, ends);

    public string Characters { get; }

    /// <summary>Where the character begins in the original.</summary>
    public int Begin(int at) => at == 0 ? 0 : _ends[at - 1];

    /// <summary>Where it ends there.</summary>
    public int End(int at) => _ends[at];

    public static PlainText Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        var ends = new int[text.Length];
        for (var at = 0; at < text.Length; )
        {
            var (character, length) = Next(text.AsSpan(at));
            at += length;
            ends[plain.Length] = at;
            plain.Append(Folded(character));
        }

        return new PlainText(plain.ToString(), ends);
    }

    /// <summary>A secret is compared in the same spelling.</summary>
    public static char Folded(char character) =>
        character switch
        {
            '-' => '+',
            '_' => '/',
            _ => char.IsAsciiLetterLower(character) ? (char)(character & ~0x20) : character,
        };

    private static (char Character, int Length) Next(ReadOnlySpan<char> text) =>
        text switch
        {
            ['\\', 'u' or 'U', _, _, _, _, ..] when Hex(text[2..6]) is { } code => (code, 6),
            ['\\', '/' or '"' or '\\', ..] => (text[1], 2),
            ['%', _, _, ..] when Hex(text[1..3]) is { } code => (code, 3),
            ['&', ..] when HtmlEntity.Read(text, out var meant) is > 0 and var length => (meant, length),
            _ => (text[0], 1),
        };

    private static char? Hex(ReadOnlySpan<char> digits) =>
        ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : null;
}
