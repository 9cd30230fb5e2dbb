using AliveMcp.Servers.Maintenance;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Catalogue;

/// <summary>
/// Planned maintenance of some servers. A window of more than one is read once for its tenant, however many servers it is of, and is one
/// object for all of them.
/// </summary>
internal sealed class PlannedWindows
{
    // Wider than any minute that is planned now, so that clocks need not agree to the second.
    private const string AboutNow = """
        from_at < now() + interval '5 minutes' AND (rrule IS NOT NULL OR to_at > now() - interval '5 minutes')
        """;

    private readonly ILookup<int, Window> _own;
    private readonly ILookup<int, (string[] Tags, MaintenanceSpan Span)> _wide;

    private PlannedWindows(IEnumerable<Window> own, IEnumerable<Window> wide)
    {
        _own = own.ToLookup(window => window.Owner);
        _wide = wide.ToLookup(window => window.Owner, window => (window.Tags, window.ToSpan()));
    }

    public static async Task<PlannedWindows> ReadAsync(
        NpgsqlConnection connection,
        int[] tenants,
        int[] servers,
        CancellationToken cancellationToken
    )
    {
        const string own = $"""
            SELECT server_id AS Owner, from_at AS Begins, to_at AS Ends, note AS Note, rrule AS Rule, zone AS Zone
            FROM servers.maintenance WHERE server_id = ANY(@servers) AND {AboutNow}
            """;
        const string wide = $"""
            SELECT tenant_id AS Owner, from_at AS Begins, to_at AS Ends, note AS Note, rrule AS Rule, zone AS Zone, tags AS Tags
            FROM servers.wide_maintenance WHERE tenant_id = ANY(@tenants) AND {AboutNow}
            """;
        return new PlannedWindows(
            await connection.QueryAsync<Window>(
                new CommandDefinition(own, new { servers }, cancellationToken: cancellationToken)
            ),
            await connection.QueryAsync<Window>(
                new CommandDefinition(wide, new { tenants }, cancellationToken: cancellationToken)
            )
        );
    }

    /// <summary>Those of one server, its own first.</summary>
    public IReadOnlyList<MaintenanceSpan> Of(int tenant, int server, string[] tags) =>
        [
            .. _own[server].Select(window => window.ToSpan()),
            .. _wide[tenant]
                .Where(wide =>
                    wide.Tags.Length == 0 || wide.Tags.Any(tag => tags.Contains(tag, StringComparer.Ordinal))
                )
                .Select(wide => wide.Span),
        ];

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Window
    {
        /// <summary>A server, or a tenant.</summary>
        public int Owner { get; init; }

        public DateTime Begins { get; init; }

        public DateTime Ends { get; init; }

        public string? Note { get; init; }

        public string? Rule { get; init; }

        public string? Zone { get; init; }

        /// <summary>None: of all servers.</summary>
        public string[] Tags { get; init; } = [];

        public MaintenanceSpan ToSpan() =>
            new(new DateTimeOffset(Begins, TimeSpan.Zero), new DateTimeOffset(Ends, TimeSpan.Zero), Note)
            {
                Rule = Rule,
                Zone = Zone,
            };
    }
}
