using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo.Sla.Page;

/// <summary>How figures and moments are written on the report.</summary>
internal static class SlaFigures
{
    public static string Percent(decimal? percent) =>
        percent is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) + " %" : "no data";

    /// <summary>A target as its owner wrote it.</summary>
    public static string Target(decimal percent) => percent.ToString("0.###", CultureInfo.InvariantCulture) + " %";

    /// <summary>Minutes with up to two decimals, for example "43.2 min".</summary>
    public static string Minutes(decimal minutes) => minutes.ToString("#,0.##", CultureInfo.InvariantCulture) + " min";

    public static string Moment(MinuteStamp minute) =>
        minute.Start.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For example "1 server", "2 servers".</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A number inside an SVG, at most two decimals.</summary>
    public static string Svg(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A stranger's reason in words.</summary>
    public static string Reason(DownStretch stretch) => WhyWords.Sentence(stretch.Why) ?? "Not told.";

    public static string Verdict(SlaServer server) =>
        server.IsKept switch
        {
            true => "kept",
            false => "missed",
            null => "no data",
        };

    /// <summary>Tells the verdict without colour.</summary>
    public static string Mark(SlaServer server) =>
        server.IsKept switch
        {
            true => "✓",
            false => "✕",
            null => "–",
        };

    public static string Class(SlaServer server) =>
        server.IsKept switch
        {
            true => "kept",
            false => "missed",
            null => "none",
        };
}
