using System.Globalization;
using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>
/// What visitors are told: the public cut. Names and address as its page shows them, our own words and its owner's; no tenant, no settings of
/// the owner's, no runbook. Pure.
/// </summary>
internal static class NoticeMessage
{
    /// <param name="trouble">What.</param>
    /// <param name="type">Which of its three moments.</param>
    /// <param name="site">Where pages are; null: nobody told us.</param>
    public static AlertMessage Of(ToldTrouble trouble, NoticeType type, Uri? site)
    {
        var message = new AlertMessage
        {
            Id = "",
            Type = type.Alert().Word(),
            Kind = trouble.Kind.Word(),
            DedupKey = string.Create(CultureInfo.InvariantCulture, $"incident-{trouble.Incident}"),
            Tenant = "",
            Server = new MessageServer(trouble.Slug, trouble.Name, UrlOf(trouble.Origin)),
            Severity = SeverityTable.Default(trouble.Kind).ToString(),
            State =
                type != NoticeType.Over ? StateOf(trouble.Kind)
                : trouble.IsUnwatched ? MessageWords.Unwatched
                : "resolved",
            FailureReason = WhyWords.Word(trouble.Why),
            FailureLayer = WhyWords.Layer(trouble.Why, null),
            Regions = type == NoticeType.Over ? [] : trouble.Seen,
            StartedAt = trouble.StartedAt,
            ResolvedAt = type == NoticeType.Over ? trouble.ResolvedAt : null,
            DurationSeconds =
                type == NoticeType.Over && trouble.ResolvedAt is { } end
                    ? Math.Max(0, (long)(end - trouble.StartedAt).TotalSeconds)
                    : null,
            Summary = trouble.Summary,
            Details = type == NoticeType.Over ? "" : trouble.SaidText ?? "",
            StatusUrl = site is null
                ? null
                : new Uri(site, FormattableString.Invariant($"/status/{trouble.Slug}/incidents/{trouble.Incident}")),
        };
        // The first words are of how it began; at its end they would say the opposite.
        return type == NoticeType.Over ? message with { Summary = MessageWords.Headline(message) } : message;
    }

    private static string StateOf(AlertKind kind) =>
        kind switch
        {
            AlertKind.Outage => StateWords.Word(ServerState.Down),
            AlertKind.Degraded or AlertKind.Regional => StateWords.Word(ServerState.Degraded),
            _ => "open",
        };

    /// <summary>As its page shows it: without the port that goes without saying.</summary>
    private static string UrlOf(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) : "";
}
