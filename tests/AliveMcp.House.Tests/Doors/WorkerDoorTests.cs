using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Doors;

/// <summary>Row security does not bind the worker's role: whoever opens its door stands here with the reason.</summary>
public sealed class WorkerDoorTests
{
    private const string Door = ".AllTenants";

    /// <summary>By file, or by a folder whose loops all serve every tenant.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["src/AliveMcp.Alerting/"] = "the alerter serves every tenant; of requests operators' alone open it",
        ["src/AliveMcp.Archive/Drain/"] = "the drain keeps everybody's minutes",
        ["src/AliveMcp.Archive/Drift/"] = "drift is declared for everybody",
        ["src/AliveMcp.Archive/Hours/"] = "hours are packed for everybody",
        ["src/AliveMcp.Archive/Retention/"] = "partitions hold everybody's history",
        ["src/AliveMcp.Archive/Rollups/"] = "days are packed for everybody",
        ["src/AliveMcp.Collector/Cells/"] = "what probers' processes cost: for operators",
        ["src/AliveMcp.Collector/ContractVersions/"] = "contracts are seen by the collector, for everybody",
        ["src/AliveMcp.Collector/Desk/DeskKey.cs"] = "the install's signing key",
        ["src/AliveMcp.Collector/Fleet/RegionRegister.cs"] = "regions, at a terminal",
        ["src/AliveMcp.Collector/Fleet/RegionTokens.cs"] = "who a prober is stands before any tenant",
        ["src/AliveMcp.Collector/Intake/"] = "results of everybody's servers come in",
        ["src/AliveMcp.Collector/Memory/"] = "what the collector remembers of everybody's servers",
        ["src/AliveMcp.Collector/Schedule/"] = "the minute is planned for everybody",
        ["src/AliveMcp.Host/Ops/Backup/TombstoneReplay.cs"] = "a copy, at a terminal",
        ["src/AliveMcp.Servers/Catalogue/ObservedChanges.cs"] = "a loop that takes over what was seen",
        ["src/AliveMcp.Servers/Catalogue/OwnerWishes.cs"] = "origins that asked us to stay away, whoever listed them",
        ["src/AliveMcp.Servers/Catalogue/TicketSettings.cs"] = "the settings of the servers of a minute",
        ["src/AliveMcp.Servers/Catalogue/WatchList.cs"] = "what the planner plans",
        ["src/AliveMcp.Servers/Erasure/"] = "erasure goes through all rooms; asking for it names its tenant",
        ["src/AliveMcp.Storage/Postgres/PostgresDoors.cs"] = "the door itself",
        ["src/AliveMcp.Tenancy/AuditTrail/AuditAnchors.cs"] = "every chain is anchored",
        ["src/AliveMcp.Tenancy/AuditTrail/AuditVerifier.cs"] = "every chain is checked; a request names its own",
        ["src/AliveMcp.Tenancy/AuditTrail/TrailLoop.cs"] = "partitions hold everybody's rows",
        ["src/AliveMcp.Tenancy/Operators/OperatorDesk.cs"] = "operators are nobody's; added at a terminal",
        ["src/AliveMcp.Tenancy/Secrets/"] = "secrets are opened by the worker alone",
        ["src/AliveMcp.Tenancy/SignIn/Providers/GroupBindings.cs"] =
            "bindings come from settings, never from a request",
        ["src/AliveMcp.Tenancy/Tenants/TenantMaker.cs"] = "makes tenants, at a terminal",
        ["src/AliveMcp.Tenancy/Tenants/TenantPlans.cs"] =
            "the plans of all, for loops; one tenant's is read in its own name",
        ["src/AliveMcp.Tenancy/Tenants/TenantQueries.cs"] = "the list of tenants, for operators",
        ["src/AliveMcp.Tenancy/Members/OwnerAddresses.cs"] = "loops tell the owners of a tenant of trouble",
        ["src/AliveMcp.Tenancy/Tenants/TenantSlugs.cs"] = "an operator names a tenant by its slug",
        ["src/AliveMcp.Tenancy/Tenants/TenantStandings.cs"] = "operators and billing change how a tenant stands",
    };

    [Fact]
    public void Whoever_sees_all_tenants_has_a_reason() =>
        Faults.None(Found(Tree.Code.Where(IsSource).Where(Opens).Select(file => file.Path)));

    [Fact]
    public void Poisoned_a_new_place_and_a_stale_reason_are_told() =>
        Assert.Contains(
            "src/AliveMcp.Dashboard/Shortcut.cs sees all tenants without a reason.",
            Found(["src/AliveMcp.Dashboard/Shortcut.cs"])
        );

    private static IEnumerable<string> Found(IEnumerable<string> opened)
    {
        var files = opened.ToList();
        var unexplained = files
            .Where(file => !Reasons.Keys.Any(place => Covers(place, file)))
            .Select(file => $"{file} sees all tenants without a reason.");
        var stale = Reasons
            .Keys.Where(place => !files.Exists(file => Covers(place, file)))
            .Select(place => $"{place} has a reason and does not open the worker's door.");
        return unexplained.Concat(stale);
    }

    private static bool Covers(string place, string file) =>
        place.EndsWith('/') ? file.StartsWith(place, StringComparison.Ordinal) : file == place;

    private static bool IsSource(CodeFile file) => file.Path.StartsWith("src/", StringComparison.Ordinal);

    private static bool Opens(CodeFile file) =>
        Tree.Read(file.Path) is var text
        && (
            text.Contains(Door, StringComparison.Ordinal)
            || text.Contains("NpgsqlDataSource AllTenants", StringComparison.Ordinal)
        );
}
