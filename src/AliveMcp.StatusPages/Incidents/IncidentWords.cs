using AliveMcp.Alerting.Incidents;
using AliveMcp.StatusPages.Pages;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Incidents;

/// <summary>An incident in words for people: card, page and feeds say the same.</summary>
internal static class IncidentWords
{
    private const int LongestText = 2_000;

    /// <summary>For example "21 Nov 2026, 07:33 UTC to 08:01 UTC, 28 min", or that it lasts.</summary>
    public static string When(ToldIncident incident)
    {
        var from = Figures.Instant(incident.StartedAt);
        if (incident.ResolvedAt is not { } end)
        {
            return $"since {from}";
        }

        var isOneDay = end.UtcDateTime.Date == incident.StartedAt.UtcDateTime.Date;
        var to = isOneDay ? $"{Figures.Clock(end)} UTC" : Figures.Instant(end);
        return $"{from} to {to}, {Figures.Span(Math.Max(1, (int)(end - incident.StartedAt).TotalMinutes))}";
    }

    /// <summary>Where it was seen; null when nobody said.</summary>
    public static string? Where(ToldIncident incident) =>
        incident.Regions.Count == 0
            ? null
            : string.Join(", ", incident.Regions.Select(region => SafeText.Of(region, 60)));

    public static string Summary(ToldIncident incident) => SafeText.Of(incident.Summary, 300);

    /// <summary>What its owners do about it: their newest words, else whether they know.</summary>
    public static string Doing(ToldIncident incident) =>
        incident switch
        {
            { Updates: [.., var newest] } => Text(newest),
            { ResolvedAt: not null } => "It is over.",
            { AcknowledgedAt: { } at } => $"The people who run it know since {Figures.Instant(at)}.",
            _ => "The people who run it have not said anything yet.",
        };

    /// <summary>Where it stands, in a word.</summary>
    public static string Standing(ToldIncident incident) =>
        incident switch
        {
            { ResolvedAt: not null } => "Resolved",
            { IsFlapping: true } => "Comes and goes",
            { AcknowledgedAt: not null } => "Being looked after",
            _ => "Ongoing",
        };

    public static string Text(ToldUpdate update) => SafeText.Of(update.Text, LongestText);

    /// <summary>When something of it was said last.</summary>
    public static DateTimeOffset ChangedAt(ToldIncident incident) =>
        new[]
        {
            incident.StartedAt,
            incident.ResolvedAt ?? incident.StartedAt,
            incident.AcknowledgedAt ?? incident.StartedAt,
            incident.Updates.Count > 0 ? incident.Updates[^1].At : incident.StartedAt,
        }.Max();
}
