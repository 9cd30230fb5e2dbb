using System.Globalization;

namespace AliveMcp.Probing.Credentials;

/// <summary>Reads the escapes in which a page of HTML quotes what it was sent.</summary>
internal static class HtmlEntity
{
    /// <summary>Longest one that is read, <c>&amp;#x0027;</c>.</summary>
    public const int Longest = 8;

    /// <summary>How long the entity is that the text begins with; 0 when it begins with none.</summary>
    public static int Read(ReadOnlySpan<char> text, out char character)
    {
        character = '\0';
        var end = text[..Math.Min(text.Length, Longest)].IndexOf(';');
        if (end < 3 || text[0] != '&')
        {
            return 0;
        }

        character = text[1..end] switch
        {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            ['#', 'x' or 'X', .. var digits] => Code(digits, NumberStyles.AllowHexSpecifier),
            ['#', .. var digits] => Code(digits, NumberStyles.None),
            _ => '\0',
        };
        return character == '\0' ? 0 : end + 1;
    }

    private static char Code(ReadOnlySpan<char> digits, NumberStyles style) =>
        ushort.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) ? (char)code : '\0';
}
