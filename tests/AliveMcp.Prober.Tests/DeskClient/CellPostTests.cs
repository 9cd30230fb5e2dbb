using AliveMcp.Prober.DeskClient;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Prober.Tests.DeskClient;

public sealed class CellPostTests
{
    private readonly CellBook _book = Rules.Book();

    [Fact]
    public async Task Rows_that_the_desk_could_not_take_are_told_later_and_in_their_order()
    {
        await using var desk = await FakeDesk.StartAsync();
        desk.CellStatus = call => call <= 2 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status204NoContent;
        using var post = Post(desk);

        Write(1, 2);
        await post.TellAsync(CancellationToken.None);
        Write(3);
        await post.TellAsync(CancellationToken.None);
        Assert.Empty(desk.Cells);
        await post.TellAsync(CancellationToken.None);

        Assert.Equal([1, 2, 3], Assert.Single(desk.Cells).Cells.Select(line => line.Orders));
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status400BadRequest)]
    public async Task What_the_desk_does_not_want_is_not_told_again(int status)
    {
        await using var desk = await FakeDesk.StartAsync();
        desk.CellStatus = call => call == 1 ? status : StatusCodes.Status204NoContent;
        using var post = Post(desk);

        Write(1);
        await post.TellAsync(CancellationToken.None);
        Write(2);
        await post.TellAsync(CancellationToken.None);

        Assert.Equal([2], Assert.Single(desk.Cells).Cells.Select(line => line.Orders));
    }

    [Fact]
    public async Task Of_a_thousand_and_more_rows_the_newest_thousand_are_told_two_hundred_at_a_time()
    {
        await using var desk = await FakeDesk.StartAsync();
        using var post = Post(desk);

        Write([.. Enumerable.Range(1, 1_050)]);
        await post.TellAsync(CancellationToken.None);

        Assert.Equal([200, 200, 200, 200, 200], desk.Cells.Select(told => told.Cells.Count));
        Assert.Equal(
            Enumerable.Range(51, 1_000),
            desk.Cells.SelectMany(told => told.Cells).Select(line => line.Orders)
        );
    }

    [Fact]
    public async Task Nothing_is_told_when_there_is_nothing_to_tell()
    {
        await using var desk = await FakeDesk.StartAsync();
        using var post = Post(desk);

        await post.TellAsync(CancellationToken.None);

        Assert.Empty(desk.Cells);
    }

    private CellPost Post(FakeDesk desk)
    {
        var options = new ProberOptions
        {
            Desk = desk.Url,
            Token = FakeDesk.Token,
            Region = Region.Of("local"),
            Name = "p",
            InFlight = 10,
            ExitWithStdin = false,
            Egress = Rules.Options().Egress,
        };
        return new CellPost(
            new Desk(ProberModule.DeskHttp(options), options),
            _book,
            new TenantKills(_book, TimeProvider.System),
            TimeProvider.System,
            NullLogger<CellPost>.Instance
        );
    }

    private void Write(params int[] orders)
    {
        foreach (var count in orders)
        {
            _book.Add(
                new CellRow
                {
                    Owner = CellOwner.Shared,
                    Pid = 1,
                    Orders = count,
                    Open = 0,
                    Cpu = TimeSpan.Zero,
                    Rss = 0,
                    Wall = TimeSpan.Zero,
                    Bytes = 0,
                    End = CellEnd.Runs,
                }
            );
        }
    }
}
