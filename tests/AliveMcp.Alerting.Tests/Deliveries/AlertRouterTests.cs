using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Tests.Deliveries;

public sealed class AlertRouterTests(AlertHouse house) : IClassFixture<AlertHouse>
{
    [Fact]
    public async Task Without_rules_every_verified_sink_hears_what_is_not_only_written_down()
    {
        var tenant = await house.TenantAsync();
        var (verified, unproven) = (await house.SinkAsync(tenant), await house.SinkAsync(tenant, isVerified: false));
        var server = await house.ServerAsync(tenant, "a");
        foreach (var severity in Enum.GetValues<Severity>())
        {
            await house.AlertAsync(tenant, server, AlertType.Drift, severity: severity);
        }

        await house.SettleAsync();

        Assert.Equal(["P1", "P2", "P3"], house.TookBy(verified).Select(took => took.Message.Severity).Order());
        Assert.Empty(house.TookBy(unproven));
    }

    [Fact]
    public async Task A_rule_takes_what_it_names_and_nothing_else()
    {
        var tenant = await house.TenantAsync();
        var (all, named) = (await house.SinkAsync(tenant), await house.SinkAsync(tenant));
        var (a, b) = (await house.ServerAsync(tenant, "a", tags: "prod"), await house.ServerAsync(tenant, "b"));
        await house.RuleAsync(tenant, (0, all));
        var rule = await house.RuleAsync(tenant, (0, named));
        await house.ExecuteAsync(
            "UPDATE alerting.rule SET tags = '{prod}', severities = '{1}', regions = '{us-east}' WHERE rule_id = @rule",
            new { rule }
        );
        await house.AlertAsync(tenant, a, AlertType.Drift);
        await house.AlertAsync(tenant, a, AlertType.Drift, severity: Severity.P2);
        await house.AlertAsync(tenant, b, AlertType.Drift);

        await house.SettleAsync();

        Assert.Equal(3, house.TookBy(all).Count);
        Assert.Equal([$"Drift of {a}"], house.TookBy(named).Select(took => took.Message.Summary));
    }

    [Fact]
    public async Task Updates_and_the_resolve_go_where_the_trigger_went_whatever_rules_say_by_then()
    {
        var tenant = await house.TenantAsync();
        var (first, second) = (await house.SinkAsync(tenant), await house.SinkAsync(tenant));
        var server = await house.ServerAsync(tenant, "a");
        var incident = await house.IncidentAsync(tenant, server);
        var rule = await house.RuleAsync(tenant, (0, first));
        await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        await house.SettleAsync();
        await house.ExecuteAsync("DELETE FROM alerting.rule WHERE rule_id = @rule", new { rule });
        await house.RuleAsync(tenant, (0, second));
        await house.AlertAsync(tenant, server, AlertType.Updated, incident);
        await house.ResolveAsync(incident);
        await house.AlertAsync(tenant, server, AlertType.Resolved, incident);

        await house.SettleAsync();

        Assert.Equal(["incident.triggered", "incident.updated", "incident.resolved"], house.TypesTookBy(first));
        Assert.Empty(house.TookBy(second));
    }

    [Fact]
    public async Task A_ladder_is_climbed_by_time_each_step_once_until_it_is_over()
    {
        var tenant = await house.TenantAsync();
        var (now, later, last) = (
            await house.SinkAsync(tenant),
            await house.SinkAsync(tenant),
            await house.SinkAsync(tenant)
        );
        var server = await house.ServerAsync(tenant, "a");
        var incident = await house.IncidentAsync(tenant, server);
        await house.RuleAsync(tenant, (0, now), (5, later), (15, last), (5, now));
        await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        await house.SettleAsync();
        Assert.Equal((1, 0), (house.TookBy(now).Count, house.TookBy(later).Count));

        house.Clock.Advance(TimeSpan.FromMinutes(6));
        await house.SettleAsync();
        await house.SettleAsync();
        Assert.Equal((2, 1, 0), (house.TookBy(now).Count, house.TookBy(later).Count, house.TookBy(last).Count));
        Assert.Equal(2, house.TookBy(now).Select(took => took.Message.Id).Distinct().Count());

        await house.ResolveAsync(incident);
        await house.AlertAsync(tenant, server, AlertType.Resolved, incident);
        house.Clock.Advance(TimeSpan.FromMinutes(30));
        await house.SettleAsync();

        Assert.Equal(["incident.triggered", "incident.resolved"], house.TypesTookBy(later));
        Assert.Equal(["incident.triggered", "incident.triggered", "incident.resolved"], house.TypesTookBy(now));
        Assert.Empty(house.TookBy(last));
    }

    [Fact]
    public async Task An_acknowledgement_stops_the_ladder_and_is_told_to_those_who_heard()
    {
        var tenant = await house.TenantAsync();
        var (now, later) = (await house.SinkAsync(tenant), await house.SinkAsync(tenant));
        var server = await house.ServerAsync(tenant, "a");
        var incident = await house.IncidentAsync(tenant, server);
        await house.RuleAsync(tenant, (0, now), (5, later));
        await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        await house.SettleAsync();

        await AcknowledgeAsync(tenant, incident);
        await AcknowledgeAsync(tenant, incident);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        await house.SettleAsync();

        Assert.Equal(["incident.triggered", "incident.updated"], house.TypesTookBy(now));
        Assert.Contains("Acknowledged by Alice", house.TookBy(now)[1].Message.Details, StringComparison.Ordinal);
        Assert.Empty(house.TookBy(later));
    }

    [Fact]
    public async Task Another_tenants_ladder_cannot_be_stopped()
    {
        var (tenant, other) = (await house.TenantAsync(), await house.TenantAsync());
        var (now, later) = (await house.SinkAsync(tenant), await house.SinkAsync(tenant));
        var server = await house.ServerAsync(tenant, "a");
        var incident = await house.IncidentAsync(tenant, server);
        await house.RuleAsync(tenant, (0, now), (5, later));
        await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        await house.SettleAsync();

        await AcknowledgeAsync(other, incident);
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        await house.SettleAsync();

        Assert.Single(house.TookBy(now));
        Assert.Single(house.TookBy(later));
    }

    [Fact]
    public async Task What_is_not_urgent_waits_for_the_end_of_quiet_hours_and_says_so()
    {
        var (tenant, sink, rule) = await QuietAsync();
        var server = await house.ServerAsync(tenant, "a");
        var (urgent, mild) = (
            await house.IncidentAsync(tenant, server),
            await house.IncidentAsync(tenant, server, severity: 2, kind: 3)
        );
        await house.AlertAsync(tenant, server, AlertType.Triggered, urgent);
        await house.AlertAsync(tenant, server, AlertType.Triggered, mild, Severity.P2);
        await house.SettleAsync();
        Assert.Equal(["P1"], house.TookBy(sink).Select(took => took.Message.Severity));

        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.SettleAsync();

        Assert.Equal(["P1", "P2"], house.TookBy(sink).Select(took => took.Message.Severity));
        Assert.Contains("quiet hours", house.TookBy(sink)[1].Message.Details, StringComparison.Ordinal);
        Assert.True(rule > 0);
    }

    [Fact]
    public async Task What_is_over_before_quiet_hours_end_is_never_told()
    {
        var (tenant, sink, _) = await QuietAsync();
        var server = await house.ServerAsync(tenant, "a");
        var incident = await house.IncidentAsync(tenant, server, severity: 2);
        await house.AlertAsync(tenant, server, AlertType.Triggered, incident, Severity.P2);
        await house.SettleAsync();
        await house.AlertAsync(tenant, server, AlertType.Updated, incident, Severity.P2);
        await house.ResolveAsync(incident);
        await house.AlertAsync(tenant, server, AlertType.Resolved, incident, Severity.P2);
        await house.SettleAsync();
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.SettleAsync();

        Assert.Empty(house.TookBy(sink));
    }

    [Fact]
    public async Task Many_routers_at_once_route_every_alert_once_and_in_order()
    {
        var tenant = await house.TenantAsync();
        var sink = await house.SinkAsync(tenant);
        var incidents = new List<long>();
        for (var i = 0; i < 30; i++)
        {
            var server = await house.ServerAsync(tenant, $"s{i}");
            var incident = await house.IncidentAsync(tenant, server);
            incidents.Add(incident);
            await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
            await house.AlertAsync(tenant, server, AlertType.Updated, incident);
            await house.AlertAsync(tenant, server, AlertType.Resolved, incident);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(house.SettleAsync)));
        await house.SettleAsync();

        var took = house.TookBy(sink).ToLookup(row => row.Message.Incident, row => row.Message.Type);
        foreach (var incident in incidents)
        {
            Assert.Equal(["incident.triggered", "incident.updated", "incident.resolved"], took[incident]);
        }
    }

    private async Task<(int Tenant, int Sink, int Rule)> QuietAsync()
    {
        var tenant = await house.TenantAsync();
        var sink = await house.SinkAsync(tenant);
        var rule = await house.RuleAsync(tenant, (0, sink));
        var hour = TimeOnly.FromTimeSpan(house.Clock.GetUtcNow().TimeOfDay);
        await house.ExecuteAsync(
            """
            UPDATE alerting.rule SET quiet_from = @from::time, quiet_to = @to::time, quiet_zone = 'UTC' WHERE rule_id = @rule
            """,
            new
            {
                rule,
                from = hour.AddHours(-1).ToTimeSpan().ToString(),
                to = hour.AddHours(2).ToTimeSpan().ToString(),
            }
        );
        return (tenant, sink, rule);
    }

    private async Task AcknowledgeAsync(int tenant, long incident)
    {
        await using var session = await house.Storage.Doors.OpenAsync(new TenantId(tenant), CancellationToken.None);
        await session.Connection.ExecuteAsync(
            session.Command(
                "SELECT alerting.tell_acknowledged(@incident, 'Alice', @now)",
                new { incident, now = house.Clock.GetUtcNow() },
                CancellationToken.None
            )
        );
        await session.CommitAsync(CancellationToken.None);
    }
}
