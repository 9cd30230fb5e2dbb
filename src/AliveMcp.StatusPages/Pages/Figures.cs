using System.Globalization;
using AliveMcp.Archive.Drift;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Pages;

/// <summary>How numbers and times are written on public pages: one spelling for each.</summary>
internal static class Figures
{
    public const string NoData = "no data";

    /// <summary>Two decimals, as the archive rounded them.</summary>
    public static string Percent(decimal? percent) =>
        percent is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) + "%" : NoData;

    public static string Milliseconds(int? milliseconds) =>
        milliseconds is { } value ? value.ToString("#,0", CultureInfo.InvariantCulture) + " ms" : NoData;

    public static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>What a day of looks costs a server, for example "5,760 requests and 17 MB a day".</summary>
    public static string WatchCost(ContractPanel contract, int looks)
    {
        var requests = contract.LookRequests.GetValueOrDefault() * looks;
        var sessions = contract.IssuesSessions ? $", {Count(looks)} sessions" : "";
        return $"{Count(requests)} requests{sessions} and {Size(contract.LookBytes.GetValueOrDefault() * looks)} a day";
    }

    /// <summary>Bytes in decimal units, for example "17 MB".</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB"),
            < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        };

    /// <summary>For example "21 Nov 2026, 07:33 UTC".</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Instant(MinuteStamp minute) => Instant(minute.Start);

    /// <summary>For example "21 Nov 2026".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>For example "21 Nov".</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>For example "Nov 2026".</summary>
    public static string Month(DateOnly day) => day.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    public static string Clock(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Minutes as people say them, for example "3 h 20 min".</summary>
    public static string Span(int minutes) =>
        minutes switch
        {
            0 => "0",
            < 60 => $"{minutes} min",
            _ when minutes % 60 == 0 => $"{minutes / 60} h",
            _ => $"{minutes / 60} h {minutes % 60} min",
        };

    /// <summary>A number inside an SVG, at most two decimals.</summary>
    public static string Svg(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
