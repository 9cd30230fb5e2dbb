using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Files;
using AliveMcp.Servers.Objectives;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Catalogue;

/// <summary>A watched server as it is kept. What changes it says what changed, and remembers that tickets must be made anew.</summary>
internal sealed partial class Server : ITenantOwned
{
    private const decimal Thousandths = 1000m;

    /// <summary>Given by the database when the row is made.</summary>
    public ServerId ServerId { get; private set; }

    public required TenantId TenantId { get; init; }

    /// <summary>Unique among the tenant's servers.</summary>
    public required string Slug { get; init; }

    /// <summary>Null until the server is made public for the first time.</summary>
    public string? PublicSlug { get; set; }

    public required string Name { get; set; }

    /// <summary>As the owner wrote it.</summary>
    public required string Url { get; set; }

    public required string CanonicalUrl { get; set; }

    public required string Origin { get; set; }

    public McpTransport Transport { get; set; }

    public string[] Tags { get; set; } = [];

    public Visibility Visibility { get; set; }

    public ProtectionExpectation Expects { get; set; }

    public string[] ExpectedTools { get; set; } = [];

    /// <summary>As <see cref="StoredExpectations"/> writes them.</summary>
    public string TestCalls { get; set; } = "[]";

    /// <summary>As <see cref="StoredExpectations"/> writes it; null: none.</summary>
    public string? Health { get; set; }

    /// <summary>Null: the default.</summary>
    public int? TimeoutMs { get; set; }

    /// <summary>Null: the default.</summary>
    public int? SlowAfterMs { get; set; }

    /// <summary>The cadence in minutes.</summary>
    public short Weight { get; set; } = 1;

    public short Quorum { get; set; } = 2;

    /// <summary>Names of the regions that look at it; none: every region that is everybody's.</summary>
    public string[] Regions { get; set; } = [];

    /// <summary>In thousandths of a percent; null, like <see cref="SloWindow"/>, when its owner promised nothing.</summary>
    public int? SloTarget { get; private set; }

    public ObjectiveWindow? SloWindow { get; private set; }

    public Objective? Promised =>
        (SloTarget, SloWindow) is ({ } target, { } window) ? new Objective(target / Thousandths, window) : null;

    /// <summary>As <see cref="StoredAlerts"/> writes it; null: as usual.</summary>
    public string? Alerts { get; private set; }

    /// <summary>Slugs of the tenant's servers that it cannot do without, sorted; none of them is gone.</summary>
    public string[] DependsOn { get; private set; } = [];

    /// <summary>How probes show their credential; null: they have none. The secret itself is in the vault.</summary>
    public CredentialKind? Credential { get; private set; }

    /// <summary>Counts the credentials that it ever had.</summary>
    public int CredentialNumber { get; private set; }

    public DateTimeOffset? CredentialChangedAt { get; private set; }

    /// <summary>When it ends, as its owner or the token itself says; null: nobody does.</summary>
    public DateTimeOffset? CredentialEnds { get; private set; }

    /// <summary>From when on its owner is reminded of <see cref="CredentialEnds"/>.</summary>
    public DateTimeOffset? CredentialWarnsAt { get; private set; }

    public required string ManagedBy { get; set; }

    public int SettingsVersion { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PausedAt { get; set; }

    public DateTimeOffset? EraseAskedAt { get; set; }

    public static Server From(FileEntry entry, Plan plan, TenantId tenant, string managedBy, DateTimeOffset now) =>
        new()
        {
            TenantId = tenant,
            Slug = entry.Slug,
            Name = entry.Name,
            Url = entry.Url.Text,
            CanonicalUrl = entry.Url.Canonical,
            Origin = entry.Url.Origin,
            Transport = entry.Transport,
            Tags = entry.Tags,
            Visibility = entry.Visibility,
            Expects = entry.Expects,
            ExpectedTools = entry.ExpectedTools,
            TestCalls = StoredExpectations.Write(entry.TestCalls),
            Health = StoredExpectations.Write(entry.Health),
            TimeoutMs = Milliseconds(entry.Timeout),
            SlowAfterMs = Milliseconds(entry.SlowAfter),
            Regions = entry.Regions,
            Weight = WeightOf(entry, plan),
            PausedAt = entry.Watch ? null : now,
            SloTarget = InThousandths(entry.Objective),
            SloWindow = entry.Objective?.Window,
            Alerts = StoredAlerts.Write(entry.Alerts),
            DependsOn = entry.DependsOn,
            ManagedBy = managedBy,
            CreatedAt = now,
        };

    /// <summary>Takes over what the entry says; returns the names of the fields that differed, as the file spells them.</summary>
    public IReadOnlyList<string> Take(FileEntry entry, Plan plan)
    {
        var shown = new List<string>();
        var watched = new List<string>();
        Set("name", Name, entry.Name, value => Name = value, shown);
        Set("tags", Tags, entry.Tags, value => Tags = value, shown);
        Set("visibility", Visibility, entry.Visibility, value => Visibility = value, shown);
        Set("cadence", Weight, WeightOf(entry, plan), value => Weight = value, shown);
        Set("alerts", Alerts, StoredAlerts.Write(entry.Alerts), value => Alerts = value, shown);
        Set("depends_on", DependsOn, entry.DependsOn, value => DependsOn = value, shown);
        if (entry.Objective is { } objective)
        {
            Set("slo", Promised, objective, Promise, shown);
        }

        Set("url", Url, entry.Url.Text, _ => Move(entry.Url), watched);
        Set("transport", Transport, entry.Transport, value => Transport = value, watched);
        Set("expects", Expects, entry.Expects, value => Expects = value, watched);
        Set("expected_tools", ExpectedTools, entry.ExpectedTools, value => ExpectedTools = value, watched);
        Set("test_calls", TestCalls, StoredExpectations.Write(entry.TestCalls), value => TestCalls = value, watched);
        Set("health", Health, StoredExpectations.Write(entry.Health), value => Health = value, watched);
        Set("timeout", TimeoutMs, Milliseconds(entry.Timeout), value => TimeoutMs = value, watched);
        Set("slow_after", SlowAfterMs, Milliseconds(entry.SlowAfter), value => SlowAfterMs = value, watched);
        Set("regions", Regions, entry.Regions, value => Regions = value, watched);
        if (watched.Count > 0)
        {
            SettingsVersion++;
        }

        return [.. watched, .. shown];
    }

    /// <summary>Null: nothing is promised any more.</summary>
    public void Promise(Objective? objective) => (SloTarget, SloWindow) = (InThousandths(objective), objective?.Window);

    /// <summary>Does without servers that are gone; returns whether it depended on one of them.</summary>
    public bool DoWithout(IReadOnlyCollection<string> gone)
    {
        if (!DependsOn.Any(gone.Contains))
        {
            return false;
        }

        DependsOn = [.. DependsOn.Except(gone, StringComparer.Ordinal)];
        return true;
    }

    /// <summary>Another credential, or none, from the next ticket on.</summary>
    public void Show(ProbeCredential? credential, DateTimeOffset now)
    {
        var end = credential is null ? null : CredentialEnd.Of(credential);
        (Credential, CredentialChangedAt) = (credential?.Kind, now);
        (CredentialEnds, CredentialWarnsAt) = (end?.At, end?.WarnsAt);
        CredentialNumber++;
        SettingsVersion++;
    }

    private static short WeightOf(FileEntry entry, Plan plan) =>
        (short)(entry.Cadence ?? Cadences.AtLeast(plan.CadenceFloor));

    private static int? InThousandths(Objective? objective) => (int?)(objective?.TargetPercent * Thousandths);

    private static int? Milliseconds(TimeSpan? duration) => (int?)duration?.TotalMilliseconds;

    private static void Set<T>(string field, T old, T wanted, Action<T> set, List<string> changed)
    {
        var isSame = old is string[] list
            ? list.AsSpan().SequenceEqual((string[])(object)wanted!)
            : EqualityComparer<T>.Default.Equals(old, wanted);
        if (!isSame)
        {
            set(wanted);
            changed.Add(field);
        }
    }

    private void Move(ServerUrl url)
    {
        Url = url.Text;
        CanonicalUrl = url.Canonical;
        Origin = url.Origin;
    }
}
