using AliveMcp.Egress;
using AliveMcp.Prober.DeskClient;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Prober.Tests.DeskClient;

public sealed class ReportPostTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_desk_that_is_away_for_a_while_gets_everything_in_its_order()
    {
        await using var desk = await FakeDesk.StartAsync();
        desk.ResultStatus = call => call < 2 ? 503 : 200;

        await SendAsync(desk, (Report(1), Long), (Report(2), Long));

        Assert.Equal(["results 503", "results 503", "results 200"], desk.Told);
        Assert.Equal([1, 2], desk.Reports.Select(report => report.Server.Server.Value));
    }

    [Fact]
    public async Task What_its_minute_cannot_take_any_more_is_given_up()
    {
        await using var desk = await FakeDesk.StartAsync();

        await SendAsync(desk, (Report(1), TimeSpan.FromSeconds(-1)), (Report(2), Long));

        Assert.Equal([2], desk.Reports.Select(report => report.Server.Server.Value));
    }

    [Fact]
    public async Task What_the_desk_cannot_read_is_not_sent_for_ever()
    {
        await using var desk = await FakeDesk.StartAsync();
        desk.ResultStatus = _ => 400;

        await SendAsync(desk, (Report(1), Long));

        Assert.Equal(["results 400"], desk.Told);
    }

    private static async Task SendAsync(FakeDesk desk, params (TicketReport Report, TimeSpan Life)[] letters)
    {
        var options = new ProberOptions
        {
            Desk = desk.Url,
            Token = FakeDesk.Token,
            Region = Region.Of("local"),
            Name = "p",
            InFlight = 1,
            ExitWithStdin = false,
            Egress = new EgressOptions(),
        };
        using var http = ProberModule.DeskHttp(options);
        var post = new ReportPost(new Desk(http, options), TimeProvider.System, NullLogger<ReportPost>.Instance);
        foreach (var (report, life) in letters)
        {
            await post.AddAsync(report, life, CancellationToken.None);
        }

        post.Close();
        await post.RunAsync(CancellationToken.None);
    }

    private static TicketReport Report(int server) =>
        new()
        {
            Server = new ServerKey(TenantId.Local, new ServerId(server)),
            Minute = new MinuteStamp(29_000_000),
            Region = Region.Of("local"),
            Signature = "s",
            Attempts = [new ProbeAttempt { State = ServerState.Unknown }],
        };
}
