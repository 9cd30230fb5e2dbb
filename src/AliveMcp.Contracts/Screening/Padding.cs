namespace AliveMcp.Contracts.Screening;

/// <summary>Empty space that pushes words out of sight.</summary>
internal static class Padding
{
    private const int Spaces = 100;
    private const int Lines = 15;

    /// <summary>Where words begin again behind so much space; null when there is no such place.</summary>
    public static int? Find(string text)
    {
        var (blanks, lines) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsWhiteSpace(text[at]))
            {
                if (blanks >= Spaces || lines >= Lines)
                {
                    return at;
                }

                (blanks, lines) = (0, 0);
                continue;
            }

            lines += text[at] == '\n' ? 1 : 0;
            blanks = text[at] is '\n' or '\r' ? 0 : blanks + 1;
        }

        return null;
    }
}
