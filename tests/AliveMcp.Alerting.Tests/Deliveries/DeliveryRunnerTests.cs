using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks;

namespace AliveMcp.Alerting.Tests.Deliveries;

public sealed class DeliveryRunnerTests(AlertHouse house) : IClassFixture<AlertHouse>, IDisposable
{
    [Fact]
    public async Task What_is_not_taken_is_tried_again_and_then_no_more()
    {
        var (_, sink, alert) = await WaitingAsync();
        var tries = 0;
        house.Sink.Answers = (asked, _) =>
        {
            tries += asked.SinkId == sink ? 1 : 0;
            return Task.FromResult(new SinkAnswer(SinkOutcome.Later, 503, "busy"));
        };

        for (var quarter = 0; quarter < 30; quarter++)
        {
            await house.SettleAsync();
            house.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.InRange(tries, 10, 40);
        Assert.Equal(("dead", 503), await StateAsync(alert, sink));
    }

    [Fact]
    public async Task Nobody_is_asked_again_before_the_time_he_asked_for()
    {
        var (_, sink, _) = await WaitingAsync();
        house.Sink.Answers = (_, _) =>
            Task.FromResult(new SinkAnswer(SinkOutcome.Later, 429, "slow down") { RetryAfter = TimeSpan.FromHours(1) });
        await house.SettleAsync();
        TakeAll();
        house.Clock.Advance(TimeSpan.FromMinutes(59));
        await house.SettleAsync();
        Assert.Empty(house.TookBy(sink));

        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.SettleAsync();

        Assert.Single(house.TookBy(sink));
    }

    [Fact]
    public async Task One_sink_that_hangs_keeps_no_other_waiting()
    {
        var tenant = await house.TenantAsync();
        var (hanging, well) = (await house.SinkAsync(tenant), await house.SinkAsync(tenant));
        var server = await house.ServerAsync(tenant, "a");
        for (var i = 0; i < 20; i++)
        {
            await house.AlertAsync(tenant, server, AlertType.Drift);
        }

        var hang = new TaskCompletionSource<SinkAnswer>();
        house.Sink.Answers = (sink, _) =>
            sink.SinkId == hanging ? hang.Task : Task.FromResult(new SinkAnswer(SinkOutcome.Delivered, 200, "taken"));
        await house.Router().RouteAsync(CancellationToken.None);
        var runner = house.Runner();
        await Testing.Time.Eventually.GetAsync(
            async () =>
            {
                await runner.StartAsync(CancellationToken.None);
                return house.TookBy(well).Count;
            },
            count => count == 20,
            TimeSpan.FromMinutes(1)
        );

        Assert.Empty(house.TookBy(hanging));
        hang.SetResult(new SinkAnswer(SinkOutcome.Later, null, "nothing"));
        await runner.WhenIdleAsync();
    }

    [Fact]
    public async Task The_resolve_waits_until_its_trigger_was_taken()
    {
        var tenant = await house.TenantAsync();
        var sink = await house.SinkAsync(tenant);
        var server = await house.ServerAsync(tenant, "a");
        var incident = await house.IncidentAsync(tenant, server);
        await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        house.Sink.Answers = (_, _) => Task.FromResult(new SinkAnswer(SinkOutcome.Later, 500, "ill"));
        await house.SettleAsync();
        await house.ResolveAsync(incident);
        await house.AlertAsync(tenant, server, AlertType.Resolved, incident);
        TakeAll();
        await house.SettleAsync();
        Assert.DoesNotContain("incident.resolved", house.TypesTookBy(sink));

        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.SettleAsync();

        Assert.Equal(["incident.triggered", "incident.resolved"], house.TypesTookBy(sink));
    }

    [Fact]
    public async Task What_the_sink_gave_back_comes_with_the_next_message_of_the_incident()
    {
        var tenant = await house.TenantAsync();
        var sink = await house.SinkAsync(tenant);
        var server = await house.ServerAsync(tenant, "a");
        var incident = await house.IncidentAsync(tenant, server);
        house.Sink.Answers = (_, _) =>
            Task.FromResult(new SinkAnswer(SinkOutcome.Delivered, 200, "taken") { Thread = "message-7" });
        await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
        await house.AlertAsync(tenant, server, AlertType.Updated, incident);
        await house.SettleAsync();

        Assert.Equal([null, "message-7"], house.TookBy(sink).Select(took => took.Thread));
    }

    [Theory]
    [InlineData((int)SinkOutcome.Gone, 410, 0)]
    [InlineData((int)SinkOutcome.Refused, 404, 25)]
    public async Task A_sink_that_is_gone_is_switched_off_with_a_row_in_the_trail(int outcome, int status, int hours)
    {
        var (tenant, sink, _) = await WaitingAsync();
        house.Sink.Answers = (_, _) => Task.FromResult(new SinkAnswer((SinkOutcome)outcome, status, "no such place"));
        await house.SettleAsync();
        if (hours > 0)
        {
            Assert.Equal(0, await OffAsync(sink));
            house.Clock.Advance(TimeSpan.FromHours(hours));
            await house.AlertAsync(tenant, await house.ServerAsync(tenant, "b"), AlertType.Drift);
            await house.SettleAsync();
        }

        Assert.Equal(1, await OffAsync(sink));
        Assert.Equal(
            1,
            await house.ScalarAsync<int>(
                "SELECT count(*)::int FROM storage.audit WHERE tenant_id = @tenant AND action = 'sink.disabled'",
                new { tenant }
            )
        );
    }

    [Fact]
    public async Task A_message_that_is_refused_is_not_tried_again()
    {
        var (_, sink, alert) = await WaitingAsync();
        house.Sink.Answers = (_, _) => Task.FromResult(new SinkAnswer(SinkOutcome.Refused, 400, "what is this"));

        await house.SettleAsync();

        Assert.Equal(("dead", 400), await StateAsync(alert, sink));
    }

    [Fact]
    public async Task What_a_dead_process_had_in_its_hands_is_sent_when_its_claim_has_ended()
    {
        var (_, sink, _) = await WaitingAsync();
        await house.Router().RouteAsync(CancellationToken.None);
        var claims = new DeliveryClaims(house.Storage.Doors, house.Clock);
        var wish = new ClaimWish
        {
            Retries = false,
            Most = 100,
            PerSink = 10,
        };
        var taken = await claims.TakeAsync(wish, CancellationToken.None);
        Assert.Contains(taken, delivery => delivery.SinkId == sink);

        await house.SettleAsync();
        Assert.Empty(house.TookBy(sink));
        house.Clock.Advance(DeliveryClaims.Lease);
        await house.SettleAsync();
        Assert.Single(house.TookBy(sink));

        // The first one comes back to life and changes nothing.
        var late = taken.Single(delivery => delivery.SinkId == sink);
        await claims.EndAsync(late, new SinkAnswer(SinkOutcome.Refused, 500, "late"), "dead", CancellationToken.None);
        await house.SettleAsync();
        Assert.Single(house.TookBy(sink));
        Assert.Equal("sent", (await StateAsync(late.AlertId!.Value, sink)).State);
    }

    [Fact]
    public async Task Many_runners_at_once_send_every_message_once_and_those_of_an_incident_in_order()
    {
        var tenant = await house.TenantAsync();
        var sink = await house.SinkAsync(tenant);
        var dice = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            var server = await house.ServerAsync(tenant, $"s{i}");
            var incident = await house.IncidentAsync(tenant, server);
            await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
            await house.AlertAsync(tenant, server, AlertType.Updated, incident);
            await house.AlertAsync(tenant, server, AlertType.Resolved, incident);
        }

        house.Sink.Answers = (_, _) =>
        {
            lock (dice)
            {
                return Task.FromResult(
                    dice.Next(3) == 0
                        ? new SinkAnswer(SinkOutcome.Later, 503, "busy")
                        : new SinkAnswer(SinkOutcome.Delivered, 200, "taken")
                );
            }
        };
        while (await house.Router().RouteAsync(CancellationToken.None) > 0) { }
        var runners = Enumerable.Range(0, 3).Select(_ => house.Runner()).ToList();
        await Testing.Time.Eventually.GetAsync(
            async () =>
            {
                await Task.WhenAll(runners.Select(AlertHouse.SendAsync));
                house.Clock.Advance(TimeSpan.FromMinutes(5));
                return house.TookBy(sink).Count;
            },
            count => count >= 60,
            TimeSpan.FromMinutes(2)
        );

        Assert.Equal(60, house.TookBy(sink).Select(took => took.Message.Id).Distinct().Count());
        Assert.Equal(60, house.TookBy(sink).Count);
        foreach (var incident in house.TookBy(sink).GroupBy(took => took.Message.Incident))
        {
            Assert.Equal(
                ["incident.triggered", "incident.updated", "incident.resolved"],
                incident.Select(took => took.Message.Type)
            );
        }
    }

    public void Dispose() => TakeAll();

    private void TakeAll() =>
        house.Sink.Answers = (_, _) => Task.FromResult(new SinkAnswer(SinkOutcome.Delivered, 200, "taken"));

    private async Task<(int Tenant, int Sink, long Alert)> WaitingAsync()
    {
        var tenant = await house.TenantAsync();
        var sink = await house.SinkAsync(tenant);
        var alert = await house.AlertAsync(tenant, await house.ServerAsync(tenant, "a"), AlertType.Drift);
        return (tenant, sink, alert);
    }

    private Task<int> OffAsync(int sink) =>
        house.ScalarAsync<int>(
            "SELECT count(*)::int FROM alerting.sink WHERE sink_id = @sink AND disabled_at IS NOT NULL",
            new { sink }
        );

    private async Task<(string State, int Status)> StateAsync(long alert, int sink)
    {
        var values = new { alert, sink };
        const string of = "FROM alerting.delivery WHERE alert_id = @alert AND sink_id = @sink";
        return (
            await house.ScalarAsync<string>($"SELECT state {of}", values),
            await house.ScalarAsync<int>($"SELECT COALESCE(last_status, 0) {of}", values)
        );
    }
}
