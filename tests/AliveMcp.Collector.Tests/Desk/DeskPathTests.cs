using AliveMcp.Collector.ContractVersions;
using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Explain;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class DeskPathTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task A_ticket_becomes_a_sealed_minute()
    {
        var server = await house.WatchAsync(url: "https://mcp.example/mcp");
        var plan = await house.OpenAsync(server, Sample.East);
        var ticket = await house.LeaseOneAsync(house.East);

        var answer = await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket));

        var verdict = await SealedAsync(plan);
        Assert.Equal(new Uri("https://mcp.example/mcp"), ticket.Order.Url);
        Assert.Equal(new ReportAnswer(1, 0, 0), answer);
        Assert.Equal(ServerState.Live, verdict!.State);
        Assert.Equal(Sample.East, Assert.Single(verdict.Entries).Region);
    }

    [Fact]
    public async Task A_report_sent_twice_is_taken_once_and_never_late()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        var report = DeskHouse.Report(await house.LeaseOneAsync(house.East));

        await DeskHouse.ReportAsync(house.East, report);
        var again = await DeskHouse.ReportAsync(house.East, report, report);

        Assert.Equal(new ReportAnswer(2, 0, 0), again);
    }

    [Fact]
    public async Task A_late_result_is_evidence_and_does_not_touch_the_minute()
    {
        var server = await house.WatchAsync();
        var plan = await house.OpenAsync(server, Sample.East, Sample.West);
        var east = await house.LeaseOneAsync(house.East);
        var west = await house.LeaseOneAsync(house.West);
        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(east));
        var open = await new OpenMinuteReader(house.Storage.Redis).ReadAsync(server.Server, plan.Minute);
        await house.Get<MinuteSealer>().SealAsync(open!, isOver: true);

        var answer = await DeskHouse.ReportAsync(
            house.West,
            DeskHouse.Report(west, Sample.Attempt(ServerState.Down, Why.ConnectionRefused) with { Detail = "refused" })
        );

        var kept = await house.RowsAsync<(bool Late, short Why, string Detail)>(
            "SELECT late, why, detail FROM collector.evidence WHERE server_id = @id",
            new { id = server.Server.Value }
        );
        Assert.Equal(new ReportAnswer(0, 1, 0), answer);
        Assert.Equal((true, (short)Why.ConnectionRefused, "refused"), Assert.Single(kept));
        Assert.Equal(ServerState.Live, (await SealedAsync(plan))!.State);
    }

    [Fact]
    public async Task Evidence_of_a_failure_is_kept_once_and_readable_in_the_minutes_story()
    {
        var server = await house.WatchAsync();
        var plan = await house.OpenAsync(server, Sample.East, Sample.West);
        var failed = Sample.Attempt(ServerState.Down, Why.HttpError) with { Detail = "expected 200, got 503\u001b[2J" };
        var east = await house.LeaseOneAsync(house.East);

        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(east, failed) with { Evidence = "H4sI" });

        var story = await house.Get<ExplainMinute>().ExplainAsync(server, plan.Minute, CancellationToken.None);
        Assert.Equal(Sample.West, Assert.Single(story!.Waiting).Region);
        Assert.Equal("expected 200, got 503\\u{1b}[2J", Assert.Single(story.Evidence).Detail);
        Assert.Contains("silent   eu-west: its ticket is not taken yet", story.Lines);
        Assert.Null(story.Verdict);
        await house.LeaseOneAsync(house.West);
    }

    [Fact]
    public async Task What_was_learnt_travels_with_the_next_ticket()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East, Sample.West);
        var first = await house.LeaseOneAsync(house.East);
        var seen = new Observed
        {
            Era = Era.Discover,
            Transport = McpTransport.Http,
            ToolCount = 2,
            FullHash = "sha256:" + new string('a', 64),
            ContractHash = "sha256:" + new string('b', 64),
        };

        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(first) with { Observed = seen });

        var second = (await house.LeaseOneAsync(house.West)).Order;
        Assert.Equal((Era.Discover, McpTransport.Http), (second.Era, second.Transport));
        Assert.Equal((seen.FullHash, true), (second.KnownContract, second.HadTools));
    }

    [Fact]
    public async Task The_first_sealed_answer_at_the_door_is_expected_from_then_on()
    {
        var server = await house.WatchAsync();
        var plan = await house.OpenAsync(server, Sample.East);
        var gate = Sample.Attempt(ServerState.Live) with { Access = Access.Protected, VerifiedTo = VerifiedTo.Gate };
        var ticket = await house.LeaseOneAsync(house.East);

        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket, gate));

        var lease = new Lease(
            plan.Minute.Start,
            0,
            [new LeasedTicket(server.Server, plan.Minute + 1, plan.Minute.Start)]
        );
        await new OpenScript(house.Storage.Redis).RunAsync(plan with { Minute = plan.Minute + 1 });
        var next = await house
            .Get<TicketExpander>()
            .ExpandAsync(
                new WatchRegion(Sample.East, "Ashburn"),
                Lane.Shared,
                DeskHouse.Prober,
                lease,
                CancellationToken.None
            );
        Assert.Equal(ProtectionExpectation.Protected, Assert.Single(next).Order.Expectations.Protection);
    }

    [Fact]
    public async Task Another_tenants_minute_is_not_found()
    {
        var server = await house.WatchAsync();
        var plan = await house.OpenAsync(server, Sample.East);
        var stranger = server with { Tenant = TenantId.Public };

        Assert.Null(await house.Get<ExplainMinute>().ExplainAsync(stranger, plan.Minute, CancellationToken.None));
        Assert.Null(await house.Get<ContractVersionQueries>().CurrentAsync(stranger, CancellationToken.None));
        await house.LeaseOneAsync(house.East);
    }

    [Fact]
    public async Task A_server_that_left_the_catalogue_is_not_probed_any_more()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        await house.RowsAsync<int>(
            "UPDATE servers.server SET erase_asked_at = now() WHERE server_id = @id RETURNING 1",
            new { id = server.Server.Value }
        );

        Assert.Empty(await DeskHouse.LeaseAsync(house.East));
    }

    private async Task<VerdictMinute?> SealedAsync(MinutePlan plan)
    {
        var packed = await house.Storage.Redis.Database.HashGetAsync(
            CollectorKeys.Minute(plan.Server.Server, plan.Minute),
            "sealed"
        );
        return packed.IsNull ? null : VerdictCodec.Unpack((byte[])packed!);
    }
}
