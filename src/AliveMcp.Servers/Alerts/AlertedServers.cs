using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Alerts;

/// <summary>Servers of every tenant as alerts name them: for the loops of the alerter.</summary>
public static class AlertedServers
{
    private const string Columns = """
        SELECT tenant_id AS Tenant, server_id AS Server, slug AS Slug,
            CASE WHEN visibility = @isPublic THEN public_slug END AS PublicSlug, name AS Name,
            canonical_url AS Url, tags AS Tags, weight AS Weight, paused_at IS NOT NULL AS IsPaused, alerts AS Alerts,
            slo_target AS SloTarget, slo_window AS SloWindow
        FROM servers.server
        """;

    /// <summary>These servers, read in the caller's transaction. Whoever is not in the answer is erased, or asked to be.</summary>
    public static async Task<IReadOnlyDictionary<ServerId, AlertedServer>> OfAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<ServerId> servers,
        CancellationToken cancellationToken
    )
    {
        const string sql = $"{Columns} WHERE server_id = ANY(@ids) AND erase_asked_at IS NULL";
        var values = new { ids = Numbers(servers), isPublic = (short)Visibility.Public };
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new ServerId(row.Server), row => row.ToServer());
    }

    /// <summary>Servers whose owner names a kind of alert in their settings, for or against it, and these besides.</summary>
    /// <param name="connection">That of a caller who may see all tenants.</param>
    /// <param name="kind">The kind's word.</param>
    /// <param name="besides">Whether or not they name it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyCollection<AlertedServer>> NamingAsync(
        NpgsqlConnection connection,
        string kind,
        IReadOnlyCollection<ServerId> besides,
        CancellationToken cancellationToken
    )
    {
        const string sql = $"""
            {Columns} WHERE (server_id = ANY(@ids) OR position(@kind IN alerts) > 0) AND erase_asked_at IS NULL ORDER BY server_id
            """;
        var values = new
        {
            ids = Numbers(besides),
            kind = $"\"{kind}\"",
            isPublic = (short)Visibility.Public,
        };
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => row.ToServer())];
    }

    private static int[] Numbers(IReadOnlyCollection<ServerId> servers) => [.. servers.Select(server => server.Value)];

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Tenant { get; init; }

        public int Server { get; init; }

        public string Slug { get; init; } = "";

        public string? PublicSlug { get; init; }

        public string Name { get; init; } = "";

        public string Url { get; init; } = "";

        public string[] Tags { get; init; } = [];

        public short Weight { get; init; }

        public bool IsPaused { get; init; }

        public string? Alerts { get; init; }

        public int? SloTarget { get; init; }

        public short? SloWindow { get; init; }

        public AlertedServer ToServer() =>
            new()
            {
                Key = new ServerKey(new TenantId(Tenant), new ServerId(Server)),
                Slug = Slug,
                PublicSlug = PublicSlug,
                Name = Name,
                Url = Bare(Url),
                Tags = Tags,
                Cadence = Weight,
                IsPaused = IsPaused,
                Promised = (SloTarget, SloWindow) is ({ } target, { } window)
                    ? new Objective(target / 1000m, (ObjectiveWindow)window)
                    : null,
                Alerts = StoredAlerts.Read(Alerts),
            };

        private static string Bare(string url) =>
            Uri.TryCreate(url, UriKind.Absolute, out var whole)
                ? whole.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                : "";
    }
}
