using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Intake;

/// <summary>An origin's wish from the report to the watch list. All servers of the house are of one origin.</summary>
public sealed class OwnerWishTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task A_wish_keeps_us_from_every_unclaimed_listing_of_its_origin_and_from_nobodys_own_server()
    {
        var listing = await house.WatchAsync(TenantId.Public);
        var neighbour = await house.WatchAsync(TenantId.Public);
        var owned = await house.WatchAsync();
        await house.OpenAsync(listing, Sample.East);
        await house.OpenAsync(owned, Sample.East);
        var tickets = await DeskHouse.LeaseAsync(house.East);
        var ticket = tickets.Single(ticket => ticket.Server == listing);

        await SayAsync(ticket, OwnerWish.Declines);

        Assert.True(ticket.Order.AsksOwner);
        Assert.False(tickets.Single(other => other.Server == owned).Order.AsksOwner);
        Assert.False(await IsWatchedAsync(listing));
        Assert.False(await IsWatchedAsync(neighbour));
        Assert.True(await IsWatchedAsync(owned));
        Assert.Equal(1, await ToldAsync(listing, """%"weight": null%"""));

        await AgeAsync();
        Assert.True(await IsWatchedAsync(listing));
        await SayAsync(ticket, OwnerWish.MayWatch);
        Assert.True(await IsWatchedAsync(neighbour));
        Assert.Equal(2, await ToldAsync(listing, "%"));
    }

    private static TicketReport Report(ProbeTicket ticket, OwnerWish wish) =>
        DeskHouse.Report(
            ticket,
            wish == OwnerWish.Declines
                ? Sample.Attempt(ServerState.Unknown, Why.WatchDeclined)
                : Sample.Attempt(ServerState.Live)
        ) with
        {
            Observed = new Observed { OwnerWish = wish },
        };

    /// <summary>The minute takes the first report alone; what it says beside is noted of late ones, too.</summary>
    private async Task SayAsync(ProbeTicket ticket, OwnerWish wish)
    {
        var report = Report(ticket, wish);
        if (wish == OwnerWish.Declines)
        {
            Assert.Equal(new ReportAnswer(1, 0, 0), await DeskHouse.ReportAsync(house.East, report));
            return;
        }

        await house.Get<OwnerWishes>().NoteAsync(ticket.Server, declines: false, CancellationToken.None);
    }

    private async Task<bool> IsWatchedAsync(ServerKey server) =>
        await house.Get<WatchList>().FindAsync(server, CancellationToken.None) is not null;

    /// <summary>A day goes by.</summary>
    private Task AgeAsync() =>
        house.RowsAsync<int>(
            "UPDATE servers.origin_wish SET seen_at = now() - interval '25 hours' RETURNING 1",
            new { }
        );

    private async Task<long> ToldAsync(ServerKey server, string like) =>
        Assert.Single(
            await house.RowsAsync<long>(
                """
                SELECT count(*) FROM storage.outbox
                WHERE topic = 'server.watch' AND record::text LIKE @like AND (record ->> 'server_id')::int = @id
                """,
                new { like, id = server.Server.Value }
            )
        );
}
