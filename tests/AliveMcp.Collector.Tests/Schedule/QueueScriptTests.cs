using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Schedule;

public abstract class QueueScriptTests : ScriptTests
{
    private readonly Region _region;

    protected QueueScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors)
    {
        _region = Region.Of($"queue-{Server.Server}");
    }

    [Fact]
    public async Task Tickets_wait_by_their_start()
    {
        var now = await NowAsync();
        var ticket = new QueuedTicket(Server.Server, now, now.Start.AddMilliseconds(12_345));

        Assert.Equal(0, (await new QueueScript(Door).RunAsync(_region, Lane.Shared, 10, [ticket])).NoRoom);

        var score = await Database.SortedSetScoreAsync(
            CollectorKeys.Queue(_region, Lane.Shared),
            HandoverKeys.Member(Server.Server, now)
        );
        Assert.Equal(ticket.Start.ToUnixTimeMilliseconds(), (long)score!.Value);
    }

    [Fact]
    public async Task The_same_ticket_twice_is_one()
    {
        var tickets = await TicketsAsync(3);

        await new QueueScript(Door).RunAsync(_region, Lane.Shared, 3, tickets);

        Assert.Equal(3, await Database.SortedSetLengthAsync(CollectorKeys.Queue(_region, Lane.Shared)));
        Assert.Equal(3, (await new QueueScript(Door).RunAsync(_region, Lane.Shared, 3, tickets)).NoRoom);
        Assert.Equal(0, (await new QueueScript(Door).RunAsync(_region, Lane.Shared, 9, tickets)).NoRoom);
        Assert.Equal(3, await Database.SortedSetLengthAsync(CollectorKeys.Queue(_region, Lane.Shared)));
    }

    [Fact]
    public async Task What_finds_no_room_is_counted()
    {
        Assert.Equal(2, (await new QueueScript(Door).RunAsync(_region, Lane.Shared, 3, await TicketsAsync(5))).NoRoom);
    }

    [Fact]
    public async Task What_nobody_took_in_time_makes_room()
    {
        var old = (await TicketsAsync(3))
            .Select(ticket => ticket with { Start = ticket.Start.AddMinutes(-4) })
            .ToList();
        await new QueueScript(Door).RunAsync(_region, Lane.Shared, 3, old);
        var fresh = new QueuedTicket(Server.Server, await NowAsync() + 1, (await NowAsync()).Start.AddSeconds(70));

        Assert.Equal(new QueueAnswer(0, 3), await new QueueScript(Door).RunAsync(_region, Lane.Shared, 3, [fresh]));
        Assert.Equal(1, await Database.SortedSetLengthAsync(CollectorKeys.Queue(_region, Lane.Shared)));
    }

    [Fact]
    public async Task Many_callers_at_once_never_pass_the_bound()
    {
        var tickets = await TicketsAsync(ScriptServers.Callers * 4);

        var left = await AllAtOnceAsync(
            (door, place) =>
                new QueueScript(door).RunAsync(_region, Lane.Shared, 50, [.. tickets.Skip(place * 4).Take(4)])
        );

        Assert.Equal(50, await Database.SortedSetLengthAsync(CollectorKeys.Queue(_region, Lane.Shared)));
        Assert.Equal(tickets.Count - 50, left.Sum(answer => answer.NoRoom));
    }

    private async Task<List<QueuedTicket>> TicketsAsync(int count)
    {
        var now = await NowAsync();
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(place => new QueuedTicket(new ServerId(place + 1), now, now.Start.AddSeconds(place))),
        ];
    }

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : QueueScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : QueueScriptTests(servers.Real);
}
