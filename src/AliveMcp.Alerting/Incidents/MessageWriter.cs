using System.Globalization;
using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.Status;
using AliveMcp.Servers.Alerts;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Incidents;

/// <summary>Writes what leaves the house: our own words, no address that was dialled, nothing of how we work.</summary>
internal sealed class MessageWriter(TenantSlugs tenants, RegionCities cities, IOptions<SignInOptions> site)
{
    private readonly Dictionary<TenantId, string> _slugs = [];

    /// <summary>The message of one change of an incident.</summary>
    public async Task<AlertMessage> OfAsync(
        ReportedChange reported,
        long incident,
        AlertType type,
        CancellationToken cancellationToken
    )
    {
        var change = reported.Change;
        var city = await cities.AllAsync(cancellationToken);
        var isOver = change.EndedIn is not null;
        return new AlertMessage
        {
            Id = "",
            Type = type.Word(),
            Kind = change.Kind.Word(),
            DedupKey = string.Create(CultureInfo.InvariantCulture, $"incident-{incident}"),
            Tenant = await SlugAsync(change.Server.Tenant, cancellationToken),
            Server = ServerOf(reported.Server),
            Severity = change.Severity.ToString(),
            State = StateOf(change),
            FailureReason = WhyWords.Word(change.Reason),
            FailureLayer = WhyWords.Layer(change.Reason, change.Minute?.FailedAt),
            Regions =
            [
                .. (change.Minute?.Regions ?? []).Select(region => new MessageRegion(
                    region.Region.Name,
                    city.GetValueOrDefault(region.Region),
                    StateWords.Word(region.State)
                )),
            ],
            StartedAt = change.StartedIn.Start,
            ResolvedAt = change.EndedIn?.Start,
            DurationSeconds = isOver ? Math.Max(0, change.EndedIn!.Value - change.StartedIn) * 60L : null,
            ProbeCount = change.Looks,
            Summary = IncidentWords.Summary(reported),
            Details = IncidentWords.Details(change),
            RunbookUrl = Runbooks.UrlOf(site.Value.PublicUrl, change.Kind, change.Reason),
            StatusUrl = StatusUrl(reported.Server, change.Kind, incident),
            Incident = incident,
        };
    }

    /// <summary>The server as messages name it.</summary>
    public static MessageServer ServerOf(AlertedServer server) => new(server.Slug, server.Name, server.Url);

    /// <summary>Its public page; null when it has none, or nobody told us where the outside reaches us.</summary>
    public Uri? StatusUrl(AlertedServer server) =>
        server.PublicSlug is { } slug && site.Value.PublicUrl is { } here ? new Uri(here, $"/status/{slug}") : null;

    /// <summary>Its incident's own page, if that is one that everybody may read of; else the server's.</summary>
    public Uri? StatusUrl(AlertedServer server, AlertKind kind, long incident) =>
        StatusUrl(server) is { } page && ToldIncidents.IsTold(kind)
            ? new Uri($"{page}/incidents/{incident}")
            : StatusUrl(server);

    /// <summary>Slugs of tenants never change; one that is not known yet is new.</summary>
    public async Task<string> SlugAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (!_slugs.TryGetValue(tenant, out var slug))
        {
            foreach (var (id, known) in await tenants.AllAsync(cancellationToken))
            {
                _slugs[id] = known;
            }

            slug = _slugs.GetValueOrDefault(tenant, "");
        }

        return slug;
    }

    private static string StateOf(StatusChange change) =>
        change.EndedIn is not null && change.Minute is null ? "resolved"
        : change.Minute is { } minute ? StateWords.Word(minute.State)
        : "open";
}
