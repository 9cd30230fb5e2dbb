using System.Text;

namespace AliveMcp.Probing.Credentials;

/// <summary>Reads the parameters of <c>WWW-Authenticate</c> (RFC 9110, section 11.2) as strangers write them: quoted or not, several challenges in a row.</summary>
internal static class Challenge
{
    /// <summary>The first parameter of that name, outside of every quoted text; null when there is none.</summary>
    public static string? Parameter(string? header, string name)
    {
        for (var at = 0; header is not null && at < header.Length; )
        {
            if (header[at] == '"')
            {
                at = Quoted(header, at, null);
                continue;
            }

            var begin = at;
            while (at < header.Length && (char.IsAsciiLetterOrDigit(header[at]) || header[at] is '_' or '-'))
            {
                at++;
            }

            var isName = header.AsSpan(begin, at - begin).Equals(name, StringComparison.OrdinalIgnoreCase);
            if (isName && Value(header, at) is { } value)
            {
                return value;
            }

            at = Math.Max(at, begin + 1);
        }

        return null;
    }

    private static string? Value(string header, int at)
    {
        at = Blanks(header, at);
        if (at == header.Length || header[at] != '=')
        {
            return null;
        }

        at = Blanks(header, at + 1);
        if (at < header.Length && header[at] == '"')
        {
            var quoted = new StringBuilder();
            Quoted(header, at, quoted);
            return quoted.ToString();
        }

        var end = header.AsSpan(at).IndexOfAny(',', ' ', '\t');
        return end < 0 ? header[at..] : header[at..(at + end)];
    }

    /// <summary>Skips a quoted text and gives the place behind it.</summary>
    private static int Quoted(string header, int at, StringBuilder? text)
    {
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            if (header[at] == '\\' && at + 1 < header.Length)
            {
                at++;
            }

            text?.Append(header[at]);
        }

        return at + 1;
    }

    private static int Blanks(string header, int at)
    {
        while (at < header.Length && header[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }
}
