using System.Globalization;

namespace AliveMcp.Dashboard.Looks;

/// <summary>How long something took, in the two largest units that say it.</summary>
public static class Spans
{
    /// <summary>For example <c>4 min</c>, <c>2 h 5 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Of(TimeSpan span)
    {
        var text =
            span.TotalMinutes < 1 ? $"{Math.Max(0, (int)span.TotalSeconds)} s"
            : span.TotalHours < 1 ? $"{(int)span.TotalMinutes} min"
            : span.TotalDays < 1 ? Two((int)span.TotalHours, "h", span.Minutes, "min")
            : Two((int)span.TotalDays, "d", span.Hours, "h");
        return text;
    }

    private static string Two(int many, string unit, int rest, string smaller) =>
        rest == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{many} {unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{many} {unit} {rest} {smaller}");
}
