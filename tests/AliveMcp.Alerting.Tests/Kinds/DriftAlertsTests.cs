using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Tests.Reading;
using AliveMcp.Archive.Drift;
using AliveMcp.Storage.Outbox;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Alerting.Tests.Kinds;

public sealed class DriftAlertsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private static readonly TestClock Clock = new(new DateTimeOffset(2026, 11, 21, 12, 30, 0, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_declared_drift_is_one_alert_however_often_it_is_told()
    {
        using var alerter = new Alerter(storage, Clock);
        await alerter.AddAsync(301);
        var drifts = Drifts(alerter);
        var drift = new ContractDrifted(301, 9, 29_000_000, "drift", ["breaking", "text"], 2);
        await TellAsync(TenantId.Local, drift);
        await TellAsync(TenantId.Local, drift);

        await drifts.TakeAsync(Cancelled);

        Assert.Equal(1, await alerter.AskAsync<int>("SELECT count(*) FROM alerting.alert WHERE server_id = 301"));
        Assert.Equal(
            "drift.detected P3 Weather 301 changed its contract: 2 changes, the gravest is breaking for callers",
            await alerter.AskAsync<string>(
                """
                SELECT message ->> 'type' || ' ' || (message ->> 'severity') || ' ' || (message ->> 'summary')
                FROM alerting.alert WHERE server_id = 301
                """
            )
        );
    }

    [Fact]
    public async Task What_a_first_list_holds_against_its_readers_is_a_finding()
    {
        using var alerter = new Alerter(storage, Clock);
        await alerter.AddAsync(304);
        await alerter.AddAsync(305, """{"severity":{},"off":["finding"],"on":[]}""");
        await TellAsync(TenantId.Local, new ContractDrifted(304, 0, 29_000_000, "finding", ["security"], 2));
        await TellAsync(TenantId.Local, new ContractDrifted(305, 0, 29_000_000, "finding", ["security"], 2));

        await Drifts(alerter).TakeAsync(Cancelled);

        Assert.Equal(
            "security.finding finding P2 finding-304-29000000 Weather 304 publishes 2 texts that may attack whoever reads its tools",
            await alerter.AskAsync<string>(
                """
                SELECT concat_ws(' ', message ->> 'type', message ->> 'kind', message ->> 'severity', message ->> 'dedup_key',
                    message ->> 'summary')
                FROM alerting.alert WHERE server_id IN (304, 305)
                """
            )
        );
    }

    [Fact]
    public async Task Another_tenant_s_server_and_a_kind_that_is_off_alert_nobody()
    {
        using var alerter = new Alerter(storage, Clock);
        await alerter.AddAsync(302);
        await alerter.AddAsync(303, """{"severity":{},"off":["drift"],"on":[]}""");
        await TellAsync(TenantId.Public, new ContractDrifted(302, 10, 29_000_000, "drift", ["security"], 1));
        await TellAsync(TenantId.Local, new ContractDrifted(303, 11, 29_000_000, "drift", ["security"], 1));

        Assert.Equal(0, await Drifts(alerter).TakeAsync(Cancelled));
    }

    private DriftAlerts Drifts(Alerter alerter) =>
        new(storage.Doors, alerter.Messages, Clock, NullLogger<DriftAlerts>.Instance);

    private async Task TellAsync(TenantId tenant, ContractDrifted drift)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await transaction.TellAsync(tenant, DriftTopics.Drift, drift, Cancelled);
        await transaction.CommitAsync(Cancelled);
    }
}
