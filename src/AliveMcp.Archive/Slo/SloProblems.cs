using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo;

/// <summary>The ways in which this slice says no.</summary>
internal static class SloProblems
{
    public static Problem NoServer(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' of yours.", "slug");

    public static Problem NotAnObjective { get; } =
        new(
            "objective_invalid",
            """The body is not JSON; send for example {"target_percent": 99.9, "window": "30d"}."""
        );

    public static Problem NotAMonth(string? month) =>
        new(
            "month_invalid",
            month is null
                ? "month is missing; give for example month=2026-10."
                : $"month is '{SafeText.Of(month, 40)}'; give year and month, for example 2026-10.",
            "month"
        );

    public static Problem ToCome(SlaMonth month) =>
        new("month_invalid", $"month is {month}, which has not begun; give one up to the running month.", "month");

    public static Problem TooFarBack(SlaMonth month, SlaMonth oldest) =>
        new("month_invalid", $"month is {month}; the oldest that is reported is {oldest}.", "month");

    public static Problem NotAFormat(string format) =>
        new("format_invalid", $"format is '{SafeText.Of(format, 40)}'; known are json, csv, html.", "format");

    public static Problem TooManyServers(int most) =>
        new("servers_too_large", $"More than {most} servers; name one with server=SLUG or some with tag=TAG.", "tag");
}
