using AliveMcp.Servers.Maintenance;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Catalogue;

/// <summary>All servers that are to be watched, of every tenant: for the planner.</summary>
public sealed class WatchList
{
    // Host of an origin, which is scheme, host and port.
    private const string HostOf = @"substring(origin from '^[a-z]+://(\[[^\]]*\]|[^:/]*)')";

    private readonly PostgresDoors _doors;
    private readonly TenantPlans _plans;
    private readonly LaneRule _lanes;

    internal WatchList(PostgresDoors doors, TenantPlans plans, LaneRule lanes) =>
        (_doors, _plans, _lanes) = (doors, plans, lanes);

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
            WHERE paused_at IS NULL AND erase_asked_at IS NULL
            GROUP BY 1 HAVING sum(1.0 / weight) > @looksPerMinute
            """;
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Host, double Looks)>(
            new CommandDefinition(sql, new { looksPerMinute }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => row.Host, row => row.Looks, StringComparer.Ordinal);
    }

    /// <summary>The next page by number; a page shorter than <paramref name="take"/> is the last. Paused and erased servers are left out.</summary>
    public async Task<IReadOnlyList<WatchedServer>> PageAsync(
        ServerId after,
        int take,
        CancellationToken cancellationToken
    )
    {
        const string sql = $"""
            SELECT tenant_id AS Tenant, server_id AS Server, url AS Url, {HostOf} AS Host, weight AS Weight, quorum AS Quorum,
                settings_version AS Version, regions AS Regions
            FROM servers.server
            WHERE server_id > @after AND paused_at IS NULL AND erase_asked_at IS NULL
            ORDER BY server_id LIMIT @take
            """;
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = (
            await connection.QueryAsync<Row>(
                new CommandDefinition(sql, new { after = after.Value, take }, cancellationToken: cancellationToken)
            )
        ).AsList();
        var byTenant = await _plans.OfAllAsync(cancellationToken);
        var maintenance = await MaintenanceAsync(connection, [.. rows.Select(row => row.Server)], cancellationToken);
        return
        [
            .. rows.Select(row =>
                row.ToWatched(byTenant[new TenantId(row.Tenant)].MinuteHistory, [.. maintenance[row.Server]], _lanes)
            ),
        ];
    }

    /// <summary>Wider than any minute that is planned now, so that clocks need not agree to the second.</summary>
    private static async Task<ILookup<int, MaintenanceSpan>> MaintenanceAsync(
        NpgsqlConnection connection,
        int[] servers,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT server_id AS Server, from_at AS Begins, to_at AS Ends, note AS Note FROM servers.maintenance
            WHERE server_id BETWEEN @first AND @last
                AND to_at > now() - interval '5 minutes' AND from_at < now() + interval '5 minutes'
            """;
        if (servers.Length == 0)
        {
            return Array.Empty<int>().ToLookup(_ => 0, _ => new MaintenanceSpan(default, default, null));
        }

        var range = new { first = servers[0], last = servers[^1] };
        var rows = await connection.QueryAsync<Window>(
            new CommandDefinition(sql, range, cancellationToken: cancellationToken)
        );
        return rows.ToLookup(row => row.Server, row => row.ToSpan());
    }

    private sealed record Window(int Server, DateTime Begins, DateTime Ends, string? Note)
    {
        public MaintenanceSpan ToSpan() =>
            new(new DateTimeOffset(Begins, TimeSpan.Zero), new DateTimeOffset(Ends, TimeSpan.Zero), Note);
    }

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
                Weight = Weight,
                Quorum = Quorum,
                Retention = retention,
                SettingsVersion = Version,
                Lane = lanes.Of(Url),
                Regions = Regions.Length == 0 ? [] : [.. Regions.Select(Region.Of)],
                Maintenance = maintenance,
            };
    }
}
