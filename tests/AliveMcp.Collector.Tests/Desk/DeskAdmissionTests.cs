using System.Net;
using System.Net.Http.Json;
using System.Text;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Desk;

public sealed class DeskAdmissionTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    [InlineData("eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeef")]
    public async Task Without_a_regions_token_nobody_is_let_in(string? token)
    {
        using var stranger = house.Client(token);

        using var lease = await stranger.PostAsJsonAsync("lease", new LeaseRequest("p"), DeskJson.Default.LeaseRequest);
        using var results = await stranger.PostAsJsonAsync(
            "results",
            new ReportBatch("p", []),
            DeskJson.Default.ReportBatch
        );
        using var contract = await stranger.PutAsync("contracts/sha256:00", new ByteArrayContent([1]));

        Assert.Equal(HttpStatusCode.Unauthorized, lease.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, results.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, contract.StatusCode);
    }

    [Fact]
    public async Task A_token_opens_its_own_regions_queue_alone()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);

        Assert.Empty(await DeskHouse.LeaseAsync(house.West));
        Assert.Equal(Sample.East, (await house.LeaseOneAsync(house.East)).Region);
    }

    [Fact]
    public async Task A_ticket_reported_with_another_regions_token_is_refused()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East, Sample.West);
        var ticket = await house.LeaseOneAsync(house.East);

        var stolen = await DeskHouse.ReportAsync(house.West, DeskHouse.Report(ticket));
        var renamed = await DeskHouse.ReportAsync(house.West, DeskHouse.Report(ticket) with { Region = Sample.West });

        Assert.Equal(new ReportAnswer(0, 0, 1), stolen);
        Assert.Equal(new ReportAnswer(0, 0, 1), renamed);
        await DeskHouse.LeaseAsync(house.West);
    }

    [Fact]
    public async Task A_forged_or_altered_ticket_is_refused()
    {
        var server = await house.WatchAsync();
        var other = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East, Sample.West);
        await house.OpenAsync(other, Sample.East, Sample.West);
        var tickets = await DeskHouse.LeaseAsync(house.East);
        var good = DeskHouse.Report(tickets.Single(ticket => ticket.Server == server));

        var answer = await DeskHouse.ReportAsync(
            house.East,
            good with
            {
                Signature = new string('A', 43),
            },
            good with
            {
                Server = other,
            },
            good with
            {
                Minute = good.Minute + 1,
            }
        );

        Assert.Equal(new ReportAnswer(0, 0, 3), answer);
        Assert.Equal(new ReportAnswer(1, 0, 0), await DeskHouse.ReportAsync(house.East, good));
        await DeskHouse.LeaseAsync(house.West);
    }

    [Theory]
    [InlineData("lease", "not json")]
    [InlineData("lease", """{"prober":"with space"}""")]
    [InlineData("lease", """{"prober":"p","lane":"fast"}""")]
    [InlineData("lease", "{}")]
    [InlineData("lease", "null")]
    [InlineData("results", "[]")]
    [InlineData("results", """{"prober":"p"}""")]
    [InlineData("results", """{"prober":"p","reports":[{"server":"x"}]}""")]
    public async Task What_cannot_be_read_is_a_bad_request(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await house.East.PostAsync(path, content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_report_that_no_prober_of_ours_could_make_is_refused()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        var good = DeskHouse.Report(await house.LeaseOneAsync(house.East));
        var live = good.Attempts[0];

        var answer = await DeskHouse.ReportAsync(
            house.East,
            good with
            {
                Attempts = [],
            },
            good with
            {
                Attempts = [live, live, live],
            },
            good with
            {
                Attempts = [live with { State = (Vocabulary.ServerState)9 }],
            },
            good with
            {
                Attempts = [live with { Phases = new PhaseTimes { Total = -1 } }],
            },
            good with
            {
                Observed = new Observed { ToolCount = -1 },
            }
        );

        Assert.Equal(new ReportAnswer(0, 0, 5), answer);
    }

    [Fact]
    public async Task A_body_past_its_limit_is_refused()
    {
        using var content = new StringContent(
            """{"prober":"p","lane":""" + '"' + new string('x', 10_000) + "\"}",
            Encoding.UTF8,
            "application/json"
        );

        using var answer = await house.East.PostAsync("lease", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
