namespace AliveMcp.Alerting.Messages;

/// <summary>Text that fits into what an API takes.</summary>
internal static class CutText
{
    /// <summary>At most <paramref name="longest"/> UTF-16 units; a cut ends in an ellipsis and never parts a pair.</summary>
    public static string Of(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest - 1;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]) + "…";
    }
}
