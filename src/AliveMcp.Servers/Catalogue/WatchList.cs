using AliveMcp.Servers.Maintenance;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Dapper;

namespace AliveMcp.Servers.Catalogue;

/// <summary>All servers that are to be watched, of every tenant: for the planner.</summary>
public sealed class WatchList
{
    // Host of an origin, which is scheme, host and port.
    private const string HostOf = @"substring(origin from '^[a-z]+://(\[[^\]]*\]|[^:/]*)')";

    private const string Watched =
        $"paused_at IS NULL AND erase_asked_at IS NULL AND tenant_id <> ALL(@suspended) AND NOT {OwnerWishes.Declined}";

    // What is shown at the door is one server's alone.
    private const string Alike = "probe_key IS NOT NULL AND credential IS NULL";

    private readonly PostgresDoors _doors;
    private readonly TenantPlans _plans;
    private readonly TenantStandings _standings;
    private readonly LaneRule _lanes;

    internal WatchList(PostgresDoors doors, TenantPlans plans, TenantStandings standings, LaneRule lanes) =>
        (_doors, _plans, _standings, _lanes) = (doors, plans, standings, lanes);

    /// <summary>
    /// The hosts whose servers together ask for more looks a minute and region than this, and how many they ask for. Everybody who asks at
    /// about the same time gets the same answer: it depends on the list alone.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, double>> CrowdedAsync(
        int looksPerMinute,
        CancellationToken cancellationToken
    )
    {
        const string sql = $"""
            SELECT {HostOf} AS Host, sum(1.0 / weight)::float8 AS Looks FROM servers.server
            WHERE {Watched}
            GROUP BY 1 HAVING sum(1.0 / weight) > @looksPerMinute
            """;
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var suspended = await SuspendedAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Host, double Looks)>(
            new CommandDefinition(sql, new { looksPerMinute, suspended }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => row.Host, row => row.Looks, StringComparer.Ordinal);
    }

    /// <summary>What several servers are looked at alike by, and the lowest number among them.</summary>
    public async Task<IReadOnlyDictionary<Guid, ServerId>> AlikeAsync(CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT probe_key AS Key, min(server_id) AS First FROM servers.server
            WHERE {Watched} AND {Alike}
            GROUP BY 1 HAVING count(*) > 1
            """;
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var suspended = await SuspendedAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Key, int First)>(
            new CommandDefinition(sql, new { suspended }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => row.Key, row => new ServerId(row.First));
    }

    /// <summary>All servers that are looked at alike by one of these keys, by number.</summary>
    public Task<IReadOnlyList<WatchedServer>> AlikeAsync(Guid[] keys, CancellationToken cancellationToken) =>
        ReadAsync($"probe_key = ANY(@keys) AND {Alike}", new { keys }, cancellationToken);

    /// <summary>One server; null when it is paused or erased.</summary>
    public async Task<WatchedServer?> FindAsync(ServerKey server, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            "server_id = @server AND tenant_id = @tenant",
            new { server = server.Server.Value, tenant = server.Tenant.Value },
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The next page by number; a page shorter than <paramref name="take"/> is the last. Paused and erased servers are left out, and listings whose origin asks us not to watch.</summary>
    public Task<IReadOnlyList<WatchedServer>> PageAsync(
        ServerId after,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync("server_id > @after", new { after = after.Value, take }, cancellationToken, "LIMIT @take");

    private async Task<IReadOnlyList<WatchedServer>> ReadAsync(
        string which,
        object values,
        CancellationToken cancellationToken,
        string limit = ""
    )
    {
        var sql = $"""
            SELECT tenant_id AS Tenant, server_id AS Server, url AS Url, {HostOf} AS Host, weight AS Weight, quorum AS Quorum,
                settings_version AS Version, regions AS Regions, tags AS Tags, CASE WHEN {Alike} THEN probe_key END AS ProbeKey,
                credential IS NOT NULL AS HasCredential
            FROM servers.server
            WHERE {which} AND {Watched}
            ORDER BY server_id {limit}
            """;
        var all = new DynamicParameters(values);
        all.Add("suspended", await SuspendedAsync(cancellationToken));
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = (
            await connection.QueryAsync<Row>(new CommandDefinition(sql, all, cancellationToken: cancellationToken))
        ).AsList();
        var byTenant = await _plans.OfAllAsync(cancellationToken);
        var windows = await PlannedWindows.ReadAsync(
            connection,
            [.. rows.Select(row => row.Tenant).Distinct()],
            [.. rows.Select(row => row.Server)],
            cancellationToken
        );
        return
        [
            .. rows.Select(row =>
                row.ToWatched(
                    byTenant[new TenantId(row.Tenant)].MinuteHistory,
                    windows.Of(row.Tenant, row.Server, row.Tags),
                    _lanes
                )
            ),
        ];
    }

    /// <summary>Nobody looks at the servers of a suspended tenant.</summary>
    private async Task<int[]> SuspendedAsync(CancellationToken cancellationToken) =>
        [.. (await _standings.SuspendedAsync(cancellationToken)).Select(tenant => tenant.Value)];

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Tenant { get; init; }

        public int Server { get; init; }

        public string Url { get; init; } = "";

        public string Host { get; init; } = "";

        public short Weight { get; init; }

        public short Quorum { get; init; }

        public int Version { get; init; }

        public string[] Regions { get; init; } = [];

        public string[] Tags { get; init; } = [];

        public Guid? ProbeKey { get; init; }

        public bool HasCredential { get; init; }

        public WatchedServer ToWatched(
            RetentionClass retention,
            IReadOnlyList<MaintenanceSpan> maintenance,
            LaneRule lanes
        ) =>
            new()
            {
                Key = new ServerKey(new TenantId(Tenant), new ServerId(Server)),
                Url = Url,
                Host = Host,
                ProbeKey = ProbeKey,
                Weight = Weight,
                Quorum = Quorum,
                Retention = retention,
                SettingsVersion = Version,
                Lane = HasCredential ? Lane.Isolated : lanes.Of(Url),
                Regions = Regions.Length == 0 ? [] : [.. Regions.Select(Region.Of)],
                Maintenance = maintenance,
            };
    }
}
