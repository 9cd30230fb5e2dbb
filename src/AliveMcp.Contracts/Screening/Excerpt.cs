using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Screening;

/// <summary>A place in a text with a little around it, safe to print.</summary>
internal static class Excerpt
{
    private const int Around = 40;
    private const int Longest = 240;

    public static string Of(string text, int start, int end)
    {
        var (from, to) = (Math.Max(0, start - Around), Math.Min(text.Length, end + Around));
        // Never part a surrogate pair.
        from -= from > 0 && char.IsLowSurrogate(text[from]) ? 1 : 0;
        to += to < text.Length && char.IsLowSurrogate(text[to]) ? 1 : 0;
        var middle = SafeText.Of(text[from..to], Longest);
        return $"{(from > 0 ? "…" : "")}{middle}{(to < text.Length && !middle.EndsWith('…') ? "…" : "")}";
    }
}
