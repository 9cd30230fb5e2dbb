using AliveMcp.Dashboard.Tests.Sites;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Dashboard.Tests.Alerts;

/// <summary>A tenant with a server, to which things happen.</summary>
internal sealed class AlertScene
{
    private static int _count;

    private readonly Site _site;

    private AlertScene(Site site, TenantId tenant, string slug) => (_site, Tenant, Slug) = (site, tenant, slug);

    public TenantId Tenant { get; }

    public string Slug { get; }

    public static async Task<AlertScene> MakeAsync(Site site, string name = "Northwind Flights")
    {
        var number = 5_000 + Interlocked.Increment(ref _count);
        var slug = $"flights-{number}";
        await using var connection = await site.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan, status) VALUES (@number, @slug, @name, 'self_hosted', 'active')",
            new
            {
                number,
                slug,
                name,
            }
        );
        return new AlertScene(site, new TenantId(number), slug);
    }

    public Task<TestPerson> PersonAsync(string role = "owner") => _site.People.NewAsync(Tenant, role);

    /// <summary>A browser without script, in which somebody of the tenant is signed in.</summary>
    public async Task<Visit> VisitAsync(string role = "owner") => _site.Visit().Enter((await PersonAsync(role)).Token);

    public string At(string path) => $"/t/{Slug}/{path}";

    public Task<int> ServerAsync(string slug = "weather", string name = "Weather tools") =>
        ScalarAsync<int>(
            """
            INSERT INTO servers.server (tenant_id, slug, name, url, canonical_url, origin, visibility, managed_by, created_at)
            VALUES (@tenant, @slug, @name, @url || '/mcp', @url || '/mcp', @url, 0, 'api', now()) RETURNING server_id
            """,
            new
            {
                slug,
                name,
                url = $"https://{slug}.example",
            }
        );

    /// <summary>An incident that began some minutes ago.</summary>
    public async Task<long> IncidentAsync(
        int server,
        short kind = 1,
        short severity = 1,
        int ago = 12,
        string summary = "Weather tools is down: nothing listens at this address",
        int? lasted = null
    )
    {
        var minute = Interlocked.Increment(ref _count);
        var incident = await ScalarAsync<long>(
            """
            INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, state, failure_reason, summary, started_at, confirmed_in, opened_at, resolved_at)
            VALUES (@tenant, @server, @kind, @severity, CASE WHEN @lasted IS NULL THEN 'open' ELSE 'resolved' END, 10, @summary,
                now() - make_interval(mins => @ago), @minute, now() - make_interval(mins => @ago - 2),
                now() - make_interval(mins => @ago - @lasted))
            RETURNING incident_id
            """,
            new
            {
                server,
                kind,
                severity,
                ago,
                minute,
                summary,
                lasted,
            }
        );
        await ScalarAsync<long>(
            """
            INSERT INTO alerting.incident_update (tenant_id, server_id, incident_id, at, kind, text)
            VALUES (@tenant, @server, @incident, now() - make_interval(mins => @ago - 2), 'opened', @summary) RETURNING update_id
            """,
            new
            {
                server,
                incident,
                ago,
                summary,
            }
        );
        return incident;
    }

    /// <summary>A sink that is proven, or stands as told.</summary>
    public async Task<int> SinkAsync(string name, string stands = "verified_at = now()")
    {
        var sink = await ScalarAsync<int>(
            """
            INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at)
            VALUES (@tenant, 1, @name, '{"workspace": "T024BE7LD", "webhook": "B0CDE3FGH"}', now()) RETURNING sink_id
            """,
            new { name }
        );
        return await ScalarAsync<int>(
            $"UPDATE alerting.sink SET {stands} WHERE sink_id = @sink RETURNING sink_id",
            new { sink }
        );
    }

    public Task<long> DeliveryAsync(int sink, long? incident, string state, int tries = 1, int? status = 200) =>
        ScalarAsync<long>(
            """
            INSERT INTO alerting.delivery (tenant_id, sink_id, incident_id, type, severity, once_key, message, state, tries, next_at, last_status, last_detail,
                request_id, created_at, ended_at, give_up_at)
            VALUES (@tenant, @sink, @incident, 1, 1, gen_random_uuid()::text,
                '{"id": "alr_8XK2Q", "summary": "Weather tools is down: nothing listens at this address"}', @state, @tries, now() + interval '1 day', @status,
                CASE WHEN @status = 200 THEN NULL ELSE 'the other side answers 503' END, CASE WHEN @status = 200 THEN 'req-7f3a' END, now(),
                CASE WHEN @state = 'waiting' THEN NULL ELSE now() END, now() + interval '1 day')
            RETURNING delivery_id
            """,
            new
            {
                sink,
                incident,
                state,
                tries,
                status,
            }
        );

    /// <summary>A rule that takes everything and tells one sink at once.</summary>
    public Task<int> RuleAsync(int sink) =>
        ScalarAsync<int>(
            """
            WITH made AS (
                INSERT INTO alerting.rule (tenant_id, name, enabled, servers, tags, kinds, severities, regions, created_at)
                VALUES (@tenant, 'on call', true, '{}', '{}', '{}', '{}', '{}', now()) RETURNING tenant_id, rule_id)
            INSERT INTO alerting.rule_sink (tenant_id, rule_id, after_minutes, sink_id) SELECT tenant_id, rule_id, 0, @sink FROM made
            RETURNING rule_id
            """,
            new { sink }
        );

    public async Task<T> ScalarAsync<T>(string sql, object values)
    {
        await using var connection = await _site.Storage.Doors.AllTenants.OpenConnectionAsync();
        var parameters = new DynamicParameters(values);
        parameters.Add("tenant", Tenant.Value);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }
}
