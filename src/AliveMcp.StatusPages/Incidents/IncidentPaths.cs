using System.Globalization;
using AliveMcp.Alerting.Incidents;

namespace AliveMcp.StatusPages.Incidents;

/// <summary>Where the incidents of a server are told.</summary>
internal static class IncidentPaths
{
    public const string MonthPattern = "/status/{slug}/incidents";
    public const string OnePattern = "/status/{slug}/incidents/{id:long}";
    public const string AtomPattern = "/status/{slug}/feed.atom";
    public const string JsonPattern = "/status/{slug}/feed.json";

    public static string All(string slug) => $"/status/{slug}/incidents";

    public static string Month(string slug, DateOnly month) =>
        string.Create(CultureInfo.InvariantCulture, $"{All(slug)}?month={month:yyyy-MM}");

    public static string One(string slug, IncidentId id) => $"{All(slug)}/{id}";

    public static string Atom(string slug) => $"/status/{slug}/feed.atom";

    public static string Json(string slug) => $"/status/{slug}/feed.json";
}
