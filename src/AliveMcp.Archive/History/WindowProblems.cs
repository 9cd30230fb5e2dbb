using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>The ways in which a window, or a count, cannot be answered.</summary>
internal static class WindowProblems
{
    public static Problem NotAnInstant(string field, string text) =>
        new(
            field + "_invalid",
            $"{field} is '{SafeText.Of(text, 80)}'; give 2026-11-21, 2026-11-21T07:33Z or the count of minutes since 1970, not before 1970 (a + is sent as %2B).",
            field
        );

    public static Problem NotADay(string field, string text) =>
        new(
            field + "_invalid",
            $"{field} is '{SafeText.Of(text, 80)}'; give a UTC day, for example 2026-11-21, not before 1970.",
            field
        );

    public static Problem InFuture(MinuteStamp from, MinuteStamp running) =>
        new("from_in_future", $"from is {from}, which is still to come; give a time before {running}.", "from");

    public static Problem Empty(Window window) =>
        new("window_empty", $"from is {window.From} and to is {window.To}; give a from before to.", "from");

    public static Problem TooLong(Window window, int most) =>
        new(
            "window_too_long",
            $"From {window.From} to {window.To} are {window.Minutes} minutes; ask for {most} at most, one window after the other.",
            "from"
        );

    public static Problem CountOutOfRange(string field, string text, int most) =>
        new(field + "_out_of_range", $"{field} is {SafeText.Of(text, 40)}; give a number from 1 to {most}.", field);

    public static Problem NotOneOf(string field, string text, IEnumerable<string> words) =>
        new(
            field + "_invalid",
            $"{field} is '{SafeText.Of(text, 80)}'; give one of {string.Join(", ", words)}.",
            field
        );
}
