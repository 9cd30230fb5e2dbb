using AliveMcp.Alerting.Budgets;
using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Suppression;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AliveMcp.Alerting.Tests.Deliveries;

/// <summary>A database with tenants, servers, sinks and incidents in it, and the router and runner over it. A test makes tenants of its own.</summary>
public sealed class AlertHouse : IAsyncLifetime
{
    private static int _tenants = 5000;
    private ServiceProvider? _rooms;

    public TestStorage Storage { get; } = new();

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    internal RecordingSink Sink { get; } = new();

    internal OperatorAlarms Alarms => new(Storage.Doors, Clock, NullLogger<OperatorAlarms>.Instance);

    internal AlertRouter Router() =>
        new(Storage.Doors, Alarms, new BudgetReader(_rooms!.GetRequiredService<TenantPlans>(), Clock), Clock);

    internal DigestWriter Digests => new(Storage.Doors, Clock);

    internal ClusterWatch Clusters => new(Storage.Doors, Alarms, Clock);

    internal OriginLedger Origins => new(Storage.Doors);

    internal DeliveryRunner Runner() => Runner(Sink);

    internal DeliveryRunner Runner(ISink sink)
    {
        var claims = new DeliveryClaims(Storage.Doors, Clock);
        var sender = new DeliverySender(
            claims,
            new SinkDirectory([sink]),
            new SinkSwitch(Storage.Doors, Clock),
            Alarms,
            Clock
        );
        return new DeliveryRunner(
            claims,
            new SinkSecrets(Storage.Doors, _rooms!.GetRequiredService<ThingVault>()),
            sender
        );
    }

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        var services = new ServiceCollection();
        services
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new PlanTable([Plan("public", 5), Plan("author", 20), Plan("self_hosted", null)]));
        services.AddAliveMcpStorage(Storage.Options, Storage.Redis).AddTenancy();
        _rooms = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (_rooms is not null)
        {
            await _rooms.DisposeAsync();
        }

        await Storage.DisposeAsync();
    }

    /// <summary>Routes and sends until nothing is due.</summary>
    internal async Task SettleAsync()
    {
        var (router, runner) = (Router(), Runner());
        do
        {
            while (await router.RouteAsync(CancellationToken.None) > 0) { }
        } while (await SendAsync(runner) > 0);
    }

    internal static async Task<int> SendAsync(DeliveryRunner runner)
    {
        var started = await runner.StartAsync(CancellationToken.None);
        await runner.WhenIdleAsync();
        return started;
    }

    public async Task<int> TenantAsync(string plan = "self_hosted")
    {
        var tenant = Interlocked.Increment(ref _tenants);
        await ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (@tenant, 't' || @tenant, 'T', @plan)",
            new { tenant, plan }
        );
        return tenant;
    }

    public Task<int> ServerAsync(
        int tenant,
        string slug,
        string origin = "https://example.com:443",
        params string[] tags
    ) =>
        ScalarAsync<int>(
            """
            INSERT INTO servers.server (tenant_id, slug, name, url, canonical_url, origin, tags, visibility, managed_by, created_at)
            VALUES (@tenant, @slug, @slug, @origin || '/mcp', @origin || '/mcp', @origin, @tags, 0, 'file', now()) RETURNING server_id
            """,
            new
            {
                tenant,
                slug,
                origin,
                tags,
            }
        );

    public Task<int> SinkAsync(int tenant, bool isVerified = true) =>
        ScalarAsync<int>(
            """
            INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at, verified_at)
            VALUES (@tenant, 3, gen_random_uuid()::text, '{}', now(), CASE WHEN @isVerified THEN now() END) RETURNING sink_id
            """,
            new { tenant, isVerified }
        );

    /// <summary>A rule that takes everything unless told.</summary>
    public async Task<int> RuleAsync(int tenant, params (int After, int Sink)[] ladder)
    {
        var rule = await ScalarAsync<int>(
            "INSERT INTO alerting.rule (tenant_id, name, created_at) VALUES (@tenant, gen_random_uuid()::text, now()) RETURNING rule_id",
            new { tenant }
        );
        foreach (var (after, sink) in ladder)
        {
            await ExecuteAsync(
                "INSERT INTO alerting.rule_sink (tenant_id, rule_id, after_minutes, sink_id) VALUES (@tenant, @rule, @after, @sink)",
                new
                {
                    tenant,
                    rule,
                    after,
                    sink,
                }
            );
        }

        return rule;
    }

    public Task<long> IncidentAsync(int tenant, int server, int severity = 1, int kind = 1)
    {
        var minute = (int)(Clock.GetUtcNow().ToUnixTimeSeconds() / 60);
        return ScalarAsync<long>(
            """
            INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, summary, started_at, confirmed_in, opened_at)
            VALUES (@tenant, @server, @kind, @severity, 'down', to_timestamp((@minute - 2) * 60), @minute, to_timestamp(@minute * 60))
            RETURNING incident_id
            """,
            new
            {
                tenant,
                server,
                severity,
                kind,
                minute,
            }
        );
    }

    public Task FirstBadAsync(int tenant, int server, params string[] failed) =>
        ExecuteAsync(
            """
            INSERT INTO alerting.first_bad (server_id, minute, tenant_id, sealed_at, failure_reason, failed_regions, asked_regions)
            VALUES (@server, @minute, @tenant, now(), 1, @failed, '{us-east,eu-west}')
            """,
            new
            {
                tenant,
                server,
                failed = failed.Length == 0 ? ["us-east", "eu-west"] : failed,
                minute = (int)(Clock.GetUtcNow().ToUnixTimeSeconds() / 60),
            }
        );

    public Task ResolveAsync(long incident) =>
        ExecuteAsync(
            "UPDATE alerting.incident SET state = 'resolved', resolved_at = @now WHERE incident_id = @incident",
            new { incident, now = Clock.GetUtcNow() }
        );

    /// <summary>What the tracker writes.</summary>
    internal async Task<long> AlertAsync(
        int tenant,
        int server,
        AlertType type,
        long? incident = null,
        Severity severity = Severity.P1,
        string? key = null
    )
    {
        var message = new AlertMessage
        {
            Id = "",
            Type = type.Word(),
            Kind = "outage",
            DedupKey = $"incident-{incident}",
            Tenant = $"t{tenant}",
            Severity = severity.ToString(),
            State = type == AlertType.Resolved ? "live" : "down",
            Regions = [new MessageRegion("us-east", "New York", type == AlertType.Resolved ? "live" : "down")],
            StartedAt = Clock.GetUtcNow(),
            Summary = $"{type} of {server}",
            Incident = incident,
        };
        return await ScalarAsync<long>(
            """
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, told_at, message)
            VALUES (@tenant, @server, @incident, @type, 1, @severity, @key, @now, @now, @message::jsonb) RETURNING alert_id
            """,
            new
            {
                tenant,
                server,
                incident,
                type = (short)type,
                severity = (short)severity,
                key = key ?? $"{type}:{incident}:{Guid.NewGuid():N}",
                now = Clock.GetUtcNow(),
                message = AlertJson.Write(message),
            }
        );
    }

    internal IReadOnlyList<Took> TookBy(int sink) => [.. Sink.Messages.Where(took => took.Sink == sink)];

    internal IEnumerable<string> TypesTookBy(int sink) => TookBy(sink).Select(took => took.Message.Type);

    public async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }

    /// <summary>As the superuser, whom nothing binds.</summary>
    public async Task ForgeAsync(string sql, object? values = null)
    {
        await using var connection = new NpgsqlConnection(Storage.Options.Bootstrap.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, values);
    }

    private static Plan Plan(string name, int? alerts) =>
        new()
        {
            Name = name,
            AlertsPerHour = alerts,
            CadenceFloor = 1,
            MinuteHistory = RetentionClass.Days90,
            DayHistory = 90,
        };

    public async Task<T> ScalarAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Storage.Doors.AllTenants.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }
}
