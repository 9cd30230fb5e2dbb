using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using AliveMcp.Drills.Install;
using AliveMcp.Storage;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Sinks;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Drills.Alerts;

/// <summary>Tenants with servers and a webhook each, real alerters over them, and a receiver that counts. Alerts are put where the tracker puts them.</summary>
internal sealed class AlertScene : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-drill-alerts-");
    private readonly ServiceProvider _rooms;
    private readonly ConcurrentDictionary<TakenRequest, bool> _refused = new(ReferenceEqualityComparer.Instance);

    private AlertScene(DrillInstall install, FakeWebhook hook)
    {
        (Install, Hook) = (install, hook);
        KeyFile.AddVersion(Keys);
        hook.Misbehaves = Refuse;
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IKeyProvider>(new KeyFile(Keys));
        services.AddAliveMcpStorage(install.Storage.Options, install.Storage.Redis).AddSecrets();
        _rooms = services.BuildServiceProvider();
    }

    public DrillInstall Install { get; }

    public FakeWebhook Hook { get; }

    /// <summary>The receiver takes nothing.</summary>
    public bool IsAway { get; set; }

    /// <summary>How many tries it refused.</summary>
    public int Refused => _refused.Count;

    private string Keys => Path.Combine(_folder.FullName, "keys");

    public static async Task<AlertScene> CreateAsync() =>
        new(await DrillInstall.CreateAsync(), await FakeWebhook.StartAsync());

    /// <summary>An alerter of its own process, ready.</summary>
    public async Task<ProgramUnderTest> StartAlerterAsync(string name)
    {
        var (program, _) = await Install.StartHostAsync(
            "alerter",
            name,
            ("Egress__Allow__0", Hook.Allowed),
            ("Secrets__KeyFile", Keys)
        );
        return program;
    }

    /// <summary>Makes a tenant with a verified webhook and servers; gives the servers' numbers.</summary>
    /// <param name="tenant">Number and name.</param>
    /// <param name="servers">How many.</param>
    /// <param name="origin">Where each is.</param>
    public async Task<int[]> AddTenantAsync(int tenant, int servers, Func<int, string> origin)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (@tenant, 'drill-' || @tenant, 'Drill', 'enterprise')",
            new { tenant },
            transaction
        );
        var sink = await connection.ExecuteScalarAsync<int>(
            """
            INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at, verified_at)
            VALUES (@tenant, 3, 'hook', '{"host": "127.0.0.1", "key_slot": 0}', now(), now()) RETURNING sink_id
            """,
            new { tenant },
            transaction
        );
        var origins = Enumerable.Range(0, servers).Select(origin).ToArray();
        var made = await connection.QueryAsync<int>(
            """
            INSERT INTO servers.server (tenant_id, slug, name, url, canonical_url, origin, visibility, managed_by, created_at)
            SELECT @tenant, 's' || n, 's' || n, o || '/mcp', o || '/mcp', o, 0, 'file', now()
            FROM unnest(@origins) WITH ORDINALITY AS t (o, n) RETURNING server_id
            """,
            new { tenant, origins },
            transaction
        );
        var vault = _rooms.GetRequiredService<ThingVault>();
        var owner = new TenantId(tenant);
        var url = Encoding.ASCII.GetBytes(new Uri(Hook.Url, $"/hooks/{tenant}").AbsoluteUri);
        var now = TimeProvider.System.GetUtcNow();
        await vault.PutAsync(transaction, new ThingPlace(owner, "sink", sink), url, now, CancellationToken.None);
        await vault.PutAsync(
            transaction,
            new ThingPlace(owner, "sink_key_a", sink),
            "a-key-of-a-drill"u8.ToArray(),
            now,
            CancellationToken.None
        );
        await transaction.CommitAsync();
        return [.. made];
    }

    /// <summary>Each of these servers has its first bad minute now.</summary>
    public Task BeginAsync(int tenant, int[] servers) =>
        ExecuteAsync(
            """
            INSERT INTO alerting.first_bad (server_id, minute, tenant_id, sealed_at, failure_reason, failed_regions, asked_regions)
            SELECT server, extract(epoch FROM now())::int / 60, @tenant, now(), 1, '{us-east,eu-west}', '{us-east,eu-west}'
            FROM unnest(@servers) AS server
            """,
            new { tenant, servers }
        );

    /// <summary>Their outages are confirmed: an incident and an alert each, told now.</summary>
    public Task ConfirmAsync(int tenant, int[] servers) =>
        ExecuteAsync(
            """
            WITH opened AS (
                INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
                SELECT @tenant, server, 1, 1, 'down', date_trunc('minute', now()), extract(epoch FROM now())::int / 60 + 1, now()
                FROM unnest(@servers) AS server RETURNING incident_id, server_id)
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            SELECT @tenant, server_id, incident_id, 1, 1, 1, 'incident:' || incident_id || ':triggered', clock_timestamp(),
                jsonb_build_object('version', 1, 'id', '', 'type', 'incident.triggered', 'kind', 'outage', 'dedup_key',
                    'incident-' || incident_id, 'tenant', 'drill-' || @tenant, 'severity', 'P1', 'state', 'down', 'started_at',
                    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:00"Z"'), 'summary', 'Server ' || server_id || ' is down',
                    'incident', incident_id)
            FROM opened
            """,
            new { tenant, servers }
        );

    /// <summary>Every open incident of a tenant is over.</summary>
    public Task RecoverAsync(int tenant) =>
        ExecuteAsync(
            """
            WITH ended AS (
                UPDATE alerting.incident SET state = 'resolved', resolved_at = now() WHERE tenant_id = @tenant AND state <> 'resolved'
                RETURNING incident_id)
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, message)
            SELECT a.tenant_id, a.server_id, a.incident_id, 3, a.kind, a.severity, 'incident:' || a.incident_id || ':resolved', now(),
                a.message || '{"type": "incident.resolved", "state": "live"}'
            FROM ended JOIN alerting.alert AS a USING (incident_id) WHERE a.type = 1
            """,
            new { tenant }
        );

    /// <summary>What the receiver took, by tenant: types in the order of arrival.</summary>
    public ILookup<int, Got> Got() =>
        Hook
            .Taken.Where(request =>
                !_refused.ContainsKey(request)
                && request.Json is not null
                && request.Path.StartsWith("/hooks/", StringComparison.Ordinal)
            )
            .Select(request => new Got(
                int.Parse(request.Path["/hooks/".Length..], CultureInfo.InvariantCulture),
                (string)request.Json!["id"]!,
                (string)request.Json["type"]!
            ))
            // That a sink is still its owner's is asked now and then: no alert.
            .Where(got => got.Type != "challenge")
            .ToLookup(got => got.Tenant);

    /// <summary>Whether nothing waits any more, neither to be routed nor to be sent.</summary>
    public async Task<bool> IsSettledAsync() =>
        await ScalarAsync<long>(
            """
            SELECT (SELECT count(*) FROM alerting.alert WHERE routed_at IS NULL)
                + (SELECT count(*) FROM alerting.delivery WHERE state = 'waiting')
            """
        ) == 0;

    public async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(sql, values);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _rooms.DisposeAsync();
        await Hook.DisposeAsync();
        await Install.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private FakeReply? Refuse(TakenRequest request)
    {
        if (!IsAway)
        {
            return null;
        }

        _refused[request] = true;
        return new FakeReply(503, "{}");
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(Install.Storage.Options.Bootstrap.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}

/// <summary>A message that arrived.</summary>
internal sealed record Got(int Tenant, string Id, string Type);
