using AliveMcp.Alerting.Deliveries;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Alerting.Tests.Deliveries;

public sealed class AlertPruningTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TestStorage _storage = new();
    private readonly TestClock _clock = new(Now);

    public async ValueTask InitializeAsync() => await _storage.InitializeAsync();

    public async ValueTask DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task What_is_old_goes_and_what_an_incident_still_needs_stays()
    {
        await ExecuteAsync(
            """
            INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, state, summary, started_at, confirmed_in, opened_at, resolved_at)
            VALUES (2, 1, 1, 1, 'resolved', 'over', @old, 1, @old, @old), (2, 2, 1, 1, 'open', 'lasts', @old, 1, @old, NULL);
            INSERT INTO alerting.alert (tenant_id, server_id, incident_id, type, kind, severity, told_key, sealed_at, told_at, routed_at, message)
            SELECT 2, server_id, incident_id, type, 1, 1, format('%s:%s', server_id, type), @old, @old, @old, '{}'
            FROM alerting.incident, unnest(ARRAY[1, 2]) AS type;
            INSERT INTO alerting.sink (tenant_id, kind, name, settings, created_at) VALUES (2, 1, 'ops', '{}', @old);
            INSERT INTO alerting.delivery (tenant_id, sink_id, alert_id, incident_id, type, once_key, message, state, next_at, created_at, ended_at, give_up_at)
            SELECT 2, sink_id, alert_id, incident_id, type, alert_id::text, '{}', 'sent', @old, @old, @old, @old
            FROM alerting.alert, alerting.sink;
            INSERT INTO alerting.first_bad (server_id, minute, tenant_id, sealed_at, failure_reason, failed_regions, asked_regions)
            VALUES (1, 1, 2, @yesterday, 1, '{}', '{}'), (1, 2, 2, @now, 1, '{}', '{}');
            """
        );
        var pruning = new AlertPruning(_storage.Doors, _clock);

        Assert.Equal(4, await pruning.PruneAsync(CancellationToken.None));
        Assert.Equal(0, await pruning.PruneAsync(CancellationToken.None));

        Assert.Equal(["1:1", "2:1", "2:2"], await ReadAsync("SELECT told_key FROM alerting.alert ORDER BY 1"));
        Assert.Equal(
            ["lasts", "lasts"],
            await ReadAsync("SELECT summary FROM alerting.delivery JOIN alerting.incident USING (incident_id)")
        );
        Assert.Equal(["2"], await ReadAsync("SELECT minute::text FROM alerting.first_bad"));
    }

    [Fact]
    public async Task What_waits_too_long_and_open_alarms_are_told_to_whoever_runs_the_install()
    {
        var lag = new AlertLag(_storage.Doors, _clock);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(lag)).Status);

        await ExecuteAsync(
            """
            INSERT INTO alerting.alert (tenant_id, server_id, type, kind, severity, told_key, sealed_at, told_at, message)
            VALUES (2, 1, 1, 1, 1, 'late', @now, @now, '{}');
            INSERT INTO alerting.operator_alarm (once_key, kind, detail, first_at, last_at)
            VALUES ('x', 'forged_delivery', 'x', @now, @now);
            """
        );
        _clock.Advance(TimeSpan.FromSeconds(61));
        var told = await CheckAsync(lag);

        Assert.Equal(HealthStatus.Degraded, told.Status);
        Assert.Equal(
            "An alert has waited for its route for 61 s. 1 alarms for operators are open (alerting.operator_alarm).",
            told.Description
        );
    }

    private static Task<HealthCheckResult> CheckAsync(AlertLag lag) =>
        lag.CheckHealthAsync(new HealthCheckContext(), CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            sql,
            new
            {
                now = Now,
                yesterday = Now - TimeSpan.FromHours(25),
                old = Now - TimeSpan.FromDays(91),
            }
        );
    }

    private async Task<IEnumerable<string>> ReadAsync(string sql)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.QueryAsync<string>(sql);
    }
}
