using System.Text;

namespace AliveMcp.Contracts.Schemas;

/// <summary>
/// Spells a pattern as its author means it (ECMA-262, as JSON Schema asks) in the platform's dialect, where <c>$</c> also matches before a last
/// line break, <c>\d</c> and <c>\w</c> know the digits and letters of every script, and a bracket in a class may subtract another class.
/// </summary>
internal static class EcmaPattern
{
    public static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            switch (letter)
            {
                case '\\' when at + 1 < pattern.Length:
                    text.Append(Escape(pattern[++at], inClass));
                    continue;
                case '$' when !inClass:
                    text.Append(@"\z");
                    continue;
                case '[' when inClass:
                    text.Append(@"\[");
                    continue;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
            }

            text.Append(letter);
        }

        return text.ToString();
    }

    private static string Escape(char letter, bool inClass) =>
        (letter, inClass) switch
        {
            ('d', false) => "[0-9]",
            ('d', true) => "0-9",
            ('D', false) => "[^0-9]",
            ('w', false) => "[A-Za-z0-9_]",
            ('w', true) => "A-Za-z0-9_",
            ('W', false) => "[^A-Za-z0-9_]",
            _ => $"\\{letter}",
        };
}
