using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>Reads how many of something a request asks for. Bound as text, so that what is no number is answered like one out of range.</summary>
internal static class CountAsk
{
    public static Result<int> Read(string field, string? text, int unlessTold, int most)
    {
        if (string.IsNullOrEmpty(text))
        {
            return unlessTold;
        }

        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            && count >= 1
            && count <= most
            ? count
            : WindowProblems.CountOutOfRange(field, text, most);
    }
}
