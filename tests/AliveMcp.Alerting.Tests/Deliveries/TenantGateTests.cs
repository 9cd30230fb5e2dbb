using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Tests.Deliveries;

/// <summary>The third fence alone: the tests forge rows as a superuser, with the other two torn down.</summary>
public sealed class TenantGateTests : IAsyncLifetime
{
    private readonly AlertHouse _house = new();

    public async ValueTask InitializeAsync()
    {
        await _house.InitializeAsync();
        await _house.ForgeAsync(
            """
            ALTER TABLE alerting.rule_sink DROP CONSTRAINT rule_sink_sink, DROP CONSTRAINT rule_sink_rule;
            ALTER TABLE alerting.delivery DROP CONSTRAINT delivery_rule, DROP CONSTRAINT delivery_tenant_id_sink_id_fkey;
            """
        );
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_forged_rule_that_names_another_tenants_sink_delivers_nothing_and_wakes_operators()
    {
        var (mallory, alice) = (await _house.TenantAsync(), await _house.TenantAsync());
        var (own, victim) = (await _house.SinkAsync(mallory), await _house.SinkAsync(alice));
        var rule = await _house.RuleAsync(mallory, (0, own));
        await _house.ForgeAsync(
            "INSERT INTO alerting.rule_sink (tenant_id, rule_id, after_minutes, sink_id) VALUES (@alice, @rule, 0, @victim)",
            new
            {
                alice,
                rule,
                victim,
            }
        );
        await _house.AlertAsync(mallory, await _house.ServerAsync(mallory, "a"), AlertType.Drift);

        await _house.SettleAsync();

        Assert.Empty(_house.TookBy(victim));
        Assert.Single(_house.TookBy(own));
        var alarm = Assert.Single(await _house.Alarms.NewestAsync(10, CancellationToken.None));
        Assert.Equal("forged_row", alarm.Kind);
    }

    [Fact]
    public async Task A_forged_delivery_is_never_sent()
    {
        var (mallory, alice) = (await _house.TenantAsync(), await _house.TenantAsync());
        var (own, victim) = (await _house.SinkAsync(mallory), await _house.SinkAsync(alice));
        var (server, others) = (await _house.ServerAsync(mallory, "a"), await _house.ServerAsync(alice, "a"));
        var (alert, alerts) = (
            await _house.AlertAsync(mallory, server, AlertType.Drift),
            await _house.AlertAsync(alice, others, AlertType.Drift)
        );
        var incident = await _house.IncidentAsync(alice, others);
        var rule = await _house.RuleAsync(alice, (0, victim));
        await _house.ExecuteAsync("UPDATE alerting.alert SET routed_at = now()");

        await ForgeAsync(mallory, victim, alert, null, null);
        await ForgeAsync(mallory, own, alerts, null, null);
        await ForgeAsync(mallory, own, null, incident, null);
        await ForgeAsync(mallory, own, alert, null, rule);
        await ForgeAsync(mallory, own, alert, null, 987654);
        await ForgeAsync(mallory, 987654, alert, null, null);
        await _house.SettleAsync();

        Assert.Empty(_house.Sink.Messages);
        Assert.Equal(6, (await _house.Alarms.NewestAsync(10, CancellationToken.None)).Count);
        Assert.Equal(
            6,
            await _house.ScalarAsync<int>("SELECT count(*)::int FROM alerting.delivery WHERE state = 'dropped'")
        );
    }

    [Fact]
    public async Task A_server_that_was_moved_to_another_tenant_by_hand_is_not_told_of()
    {
        var (alice, bob) = (await _house.TenantAsync(), await _house.TenantAsync());
        var sink = await _house.SinkAsync(alice);
        var server = await _house.ServerAsync(alice, "a");
        await _house.AlertAsync(alice, server, AlertType.Drift);
        await _house.ForgeAsync(
            "UPDATE servers.server SET tenant_id = @bob WHERE server_id = @server",
            new { bob, server }
        );

        await _house.SettleAsync();

        Assert.Empty(_house.TookBy(sink));
        Assert.Single(await _house.Alarms.NewestAsync(10, CancellationToken.None));
    }

    [Fact]
    public void Rows_of_one_tenant_pass_and_any_single_stranger_among_them_does_not()
    {
        var good = new GatedRows
        {
            Tenant = 7,
            SinkId = 1,
            SinkTenant = 7,
            RuleTenant = 7,
            AlertTenant = 7,
            IncidentTenant = 7,
            ServerTenant = 7,
        };

        Assert.Null(TenantGate.Refusal(good));
        Assert.Null(TenantGate.Refusal(good with { ServerTenant = 1, IsClaimed = true }));
        GatedRows[] bad =
        [
            good with
            {
                SinkTenant = 8,
            },
            good with
            {
                SinkTenant = 0,
            },
            good with
            {
                RuleTenant = 8,
            },
            good with
            {
                AlertTenant = 8,
            },
            good with
            {
                IncidentTenant = 8,
            },
            good with
            {
                ServerTenant = 8,
            },
            good with
            {
                SinkTenant = 8,
                IsClaimed = true,
            },
        ];
        Assert.All(bad, rows => Assert.NotNull(TenantGate.Refusal(rows)));
    }

    private Task ForgeAsync(int tenant, int sink, long? alert, long? incident, int? rule) =>
        _house.ForgeAsync(
            """
            INSERT INTO alerting.delivery (tenant_id, sink_id, alert_id, incident_id, rule_id, type, once_key, message, next_at, created_at)
            VALUES (@tenant, @sink, @alert, @incident, @rule, 1, gen_random_uuid()::text, (SELECT message FROM alerting.alert LIMIT 1), @now, @now)
            """,
            new
            {
                tenant,
                sink,
                alert,
                incident,
                rule,
                now = _house.Clock.GetUtcNow(),
            }
        );
}
