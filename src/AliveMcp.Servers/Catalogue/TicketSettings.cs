using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Dapper;

namespace AliveMcp.Servers.Catalogue;

/// <summary>The settings that tickets are made from, of every tenant: for the desk.</summary>
public sealed class TicketSettings(PostgresDoors doors)
{
    /// <summary>The settings of these servers in one query. Whoever is not in the answer is erased.</summary>
    public async Task<IReadOnlyDictionary<ServerId, WatchSettings>> ForAsync(
        IReadOnlyCollection<ServerId> servers,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT tenant_id AS Tenant, server_id AS Server, settings_version AS Version, url AS Url,
                transport AS Transport, expects AS Expects, expected_tools AS Tools,
                test_calls AS Calls, health AS Health, timeout_ms AS TimeoutMs, slow_after_ms AS SlowAfterMs,
                credential IS NOT NULL AS HasCredential
            FROM servers.server
            WHERE server_id = ANY(@ids) AND erase_asked_at IS NULL
            """;
        var ids = servers.Select(server => server.Value).ToArray();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, new { ids }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new ServerId(row.Server), row => row.ToSettings());
    }

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Tenant { get; init; }

        public int Server { get; init; }

        public int Version { get; init; }

        public string Url { get; init; } = "";

        public short Transport { get; init; }

        public short Expects { get; init; }

        public string[] Tools { get; init; } = [];

        public string Calls { get; init; } = "[]";

        public string? Health { get; init; }

        public int? TimeoutMs { get; init; }

        public int? SlowAfterMs { get; init; }

        public bool HasCredential { get; init; }

        public WatchSettings ToSettings() =>
            new()
            {
                Key = new ServerKey(new TenantId(Tenant), new ServerId(Server)),
                SettingsVersion = Version,
                Url = new Uri(Url),
                Transport = (McpTransport)Transport,
                Expectations = new Expectations
                {
                    Protection = (ProtectionExpectation)Expects,
                    Tools = Tools,
                    TestCalls = StoredExpectations.ReadCalls(Calls),
                },
                Limits = LimitsOf(new ProbeLimits()),
                HasCredential = HasCredential,
                Health = StoredExpectations.ReadHealth(Health),
            };

        private ProbeLimits LimitsOf(ProbeLimits usual) =>
            usual with
            {
                Total = TimeoutMs is { } total ? TimeSpan.FromMilliseconds(total) : usual.Total,
                SlowAfter = SlowAfterMs is { } slow ? TimeSpan.FromMilliseconds(slow) : usual.SlowAfter,
            };
    }
}
