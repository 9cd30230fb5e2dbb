using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Export;

/// <summary>The ways in which this slice says no.</summary>
internal static class ExportProblems
{
    public static Problem NotAMonth(string month) =>
        new(
            "month_invalid",
            $"month is '{SafeText.Of(month, 40)}'; give year and month, for example 2026-10.",
            "month"
        );

    public static Problem TooMany { get; } =
        new("exports_too_many", "Two exports of the tenant are being written already: come again when one is done.");

    public static Problem NotAFormat(string format) =>
        new("format_invalid", $"format is '{SafeText.Of(format, 40)}'; known are ndjson, csv.", "format");
}
