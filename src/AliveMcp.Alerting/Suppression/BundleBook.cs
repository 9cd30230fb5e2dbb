using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Suppression;

/// <summary>What the router knows of bundles, causes and clusters of the tenants in its hands. Decides which incidents are told together.</summary>
internal sealed class BundleBook
{
    /// <summary>Servers of one tenant with one cause that are told as one.</summary>
    public const int OfTenant = 3;

    private readonly List<Bundle> _bundles = [];

    public IReadOnlyList<Bundle> Bundles => _bundles;

    /// <summary>By server; see <see cref="Causes"/>.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyList<string>> CausesOf { get; init; }

    /// <summary>Of servers that others of their tenant depend on.</summary>
    public IReadOnlyDictionary<int, string> Names { get; init; } = new Dictionary<int, string>();

    /// <summary>Open clusters by cause.</summary>
    public required IReadOnlyDictionary<string, long> Clusters { get; init; }

    /// <summary>First bad minutes of the tenants, lately.</summary>
    public required IReadOnlyList<LateFailure> Failures { get; init; }

    /// <summary>Incidents of the tenants that began lately and are open.</summary>
    public required IReadOnlyList<LateIncident> Incidents { get; init; }

    /// <summary>Incidents whose deliveries matter to what is decided here.</summary>
    public IEnumerable<long> Related =>
        Incidents.Select(incident => incident.IncidentId).Concat(_bundles.Select(bundle => bundle.Lead));

    public void Load(Bundle bundle) => _bundles.Add(bundle);

    /// <summary>Null: it is told by itself.</summary>
    public Bundle? Of(long incident) =>
        _bundles.FirstOrDefault(bundle => !bundle.IsOver && bundle.Members.ContainsKey(incident));

    /// <summary>The cluster of a region of ours that is ill, when the server fails there and nowhere else; null: it is the server's affair.</summary>
    public long? Ours(WaitingAlert alert) =>
        alert.Failing is [var region] && Clusters.TryGetValue(Causes.OfRegion(region), out var cluster)
            ? cluster
            : null;

    /// <summary>The bundle that an alert belongs to, made if need be; null: none.</summary>
    public Bundle? Take(WaitingAlert alert, Func<long, string?> toldAs)
    {
        if (alert.IncidentId is not { } incident)
        {
            return null;
        }

        // What one region saw first is not what it alone sees: the minute that confirmed it decides.
        var region = alert is { Failing: [var only], Message.Regions.Count: > 1 } ? Causes.OfRegion(only) : null;
        var causes = CausesFor(alert.ServerId).Where(cause => !Causes.IsRegion(cause) || cause == region).ToList();
        var bundle =
            _bundles.FirstOrDefault(open =>
                !open.IsOver && open.TenantId == alert.TenantId && causes.Contains(open.Cause, StringComparer.Ordinal)
            ) ?? Make(alert, incident, causes, toldAs);
        if (bundle is not null)
        {
            bundle.Join(incident, alert.ServerId, isOver: false);
            bundle.IsChanged = true;
        }

        return bundle;
    }

    /// <summary>How many servers it is about: those confirmed, and those that have begun to fail with them.</summary>
    public int Count(Bundle bundle, WaitingAlert alert) => bundle.Servers.Union(Failing(alert, bundle.Cause)).Count();

    /// <summary>What a bundle is about, for people.</summary>
    public string Counted(Bundle bundle, int servers) => Causes.Counted(bundle.Cause, servers, Names);

    private Bundle? Make(WaitingAlert alert, long incident, IReadOnlyList<string> causes, Func<long, string?> toldAs)
    {
        var shared = causes.FirstOrDefault(Clusters.ContainsKey);
        var cause =
            shared ?? causes.FirstOrDefault(one => Causes.IsOwn(one) && Failing(alert, one).Count() >= OfTenant);
        if (cause is null)
        {
            return null;
        }

        // Who was told of one of them already gets an update of that one, not another notice.
        var first = Incidents.FirstOrDefault(one =>
            one.TenantId == alert.TenantId
            && one.IncidentId != incident
            && CausesFor(one.ServerId).Contains(cause, StringComparer.Ordinal)
            && toldAs(one.IncidentId) is not null
        );
        var id = Guid.NewGuid();
        var bundle = new Bundle
        {
            BundleId = id,
            TenantId = alert.TenantId,
            Cause = cause,
            ClusterId = shared is null ? null : Clusters[shared],
            Lead = first?.IncidentId ?? incident,
            DedupKey = first is null ? $"bundle-{id:N}" : toldAs(first.IncidentId)!,
            ToldCount = first is null ? 0 : 1,
            IsNew = true,
            IsChanged = true,
        };
        if (first is not null)
        {
            bundle.Join(first.IncidentId, first.ServerId, isOver: false);
        }

        _bundles.Add(bundle);
        return bundle;
    }

    private IEnumerable<int> Failing(WaitingAlert alert, string cause)
    {
        var began = (int)(alert.Message.StartedAt.ToUnixTimeSeconds() / 60);
        return Failures
            .Where(failure =>
                failure.TenantId == alert.TenantId
                && Math.Abs(failure.Minute - began) <= ClusterRule.Window.TotalMinutes
                && CausesFor(failure.ServerId).Contains(cause, StringComparer.Ordinal)
            )
            .Select(failure => failure.ServerId)
            .Append(alert.ServerId)
            .Distinct();
    }

    /// <summary>What can be behind a server's late failures: those of its causes that explain them, and the only region that saw them.</summary>
    private List<string> CausesFor(int server)
    {
        var failures = Failures.Where(failure => failure.ServerId == server).ToList();
        var of = CausesOf.GetValueOrDefault(server) ?? [];
        return
        [
            .. of.Where(cause =>
                failures.Exists(failure => Causes.Explains(cause, failure.Why)) || Causes.Explains(cause, Why.None)
            ),
            .. failures
                .Select(failure => failure.OnlyRegion)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(Causes.OfRegion),
        ];
    }

    /// <summary>Kinds that a common cause explains.</summary>
    public static bool IsFailure(AlertKind kind) => kind is AlertKind.Outage or AlertKind.Regional;
}

/// <summary>A row of <c>alerting.first_bad</c>.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="ServerId">Of which server.</param>
/// <param name="Minute">Which.</param>
/// <param name="Reason">Number of its <see cref="Why"/>.</param>
/// <param name="OnlyRegion">The one of several regions that failed; null: not just one.</param>
internal sealed record LateFailure(int TenantId, int ServerId, int Minute, short Reason, string? OnlyRegion)
{
    public Why Why => (Why)Reason;
}

/// <summary>An open incident.</summary>
internal sealed record LateIncident(int TenantId, int ServerId, long IncidentId);
