using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Desk;

public abstract class LeaseScriptTests : ScriptTests
{
    private static readonly TimeSpan NotAhead = TimeSpan.Zero;
    private readonly Region _region;

    protected LeaseScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors)
    {
        _region = Region.Of($"lease-{Server.Server}");
    }

    [Fact]
    public async Task What_is_due_is_taken_once_in_the_order_of_its_start()
    {
        var now = await ClockAsync();
        await QueueAsync(2, now.AddMilliseconds(-10));
        await QueueAsync(1, now.AddMilliseconds(-20));
        await QueueAsync(3, now.AddSeconds(30));

        var first = await LeaseAsync();
        var second = await LeaseAsync();

        Assert.Equal([1, 2], first.Tickets.Select(ticket => ticket.Server.Value));
        Assert.Equal(
            now.AddMilliseconds(-20).ToUnixTimeMilliseconds(),
            first.Tickets[0].Start.ToUnixTimeMilliseconds()
        );
        Assert.Empty(second.Tickets);
        Assert.InRange(first.Now, now.AddSeconds(-1), now.AddSeconds(30));
        Assert.Equal(1, await Database.SortedSetLengthAsync(CollectorKeys.Queue(_region, Lane.Shared)));
    }

    [Fact]
    public async Task A_little_ahead_of_its_start_a_ticket_may_travel()
    {
        await QueueAsync(1, (await ClockAsync()).AddSeconds(20));

        Assert.Empty((await LeaseAsync()).Tickets);
        Assert.Single(
            (await new LeaseScript(Door).RunAsync(_region, Lane.Shared, 10, TimeSpan.FromSeconds(30))).Tickets
        );
    }

    [Fact]
    public async Task No_more_are_taken_than_asked_for()
    {
        var now = await ClockAsync();
        for (var server = 1; server <= 5; server++)
        {
            await QueueAsync(server, now.AddSeconds(-server));
        }

        Assert.Equal(
            [5, 4],
            (await new LeaseScript(Door).RunAsync(_region, Lane.Shared, 2, NotAhead)).Tickets.Select(t =>
                t.Server.Value
            )
        );
    }

    [Fact]
    public async Task What_can_no_longer_start_is_dropped_and_counted()
    {
        var now = await ClockAsync();
        await QueueAsync(1, now.AddMinutes(-3), MinuteStamp.Of(now) - 3);
        await QueueAsync(2, now.AddSeconds(-1));

        var lease = await LeaseAsync();

        Assert.Equal(1, lease.Dropped);
        Assert.Equal([2], lease.Tickets.Select(ticket => ticket.Server.Value));
        Assert.Equal(0, await Database.SortedSetLengthAsync(CollectorKeys.Queue(_region, Lane.Shared)));
    }

    [Fact]
    public async Task An_empty_redis_has_no_work()
    {
        var lease = await LeaseAsync();

        Assert.Equal((0, 0), (lease.Dropped, lease.Tickets.Count));
    }

    [Fact]
    public async Task Many_callers_at_once_share_the_tickets_without_losing_or_doubling_one()
    {
        var now = await ClockAsync();
        for (var server = 1; server <= 200; server++)
        {
            await QueueAsync(server, now.AddSeconds(-1));
        }

        var leases = await AllAtOnceAsync(
            (door, _) => new LeaseScript(door).RunAsync(_region, Lane.Shared, 7, NotAhead)
        );

        Assert.Equal(
            Enumerable.Range(1, 200),
            leases.SelectMany(lease => lease.Tickets).Select(ticket => ticket.Server.Value).Order()
        );
    }

    private Task<Lease> LeaseAsync() => new LeaseScript(Door).RunAsync(_region, Lane.Shared, 100, NotAhead);

    private Task<DateTimeOffset> ClockAsync() => new RedisClock(Door).NowAsync();

    private Task QueueAsync(int server, DateTimeOffset start, MinuteStamp? minute = null) =>
        Database.SortedSetAddAsync(
            CollectorKeys.Queue(_region, Lane.Shared),
            HandoverKeys.Member(new ServerId(server), minute ?? MinuteStamp.Of(start)),
            start.ToUnixTimeMilliseconds()
        );

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : LeaseScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : LeaseScriptTests(servers.Real);
}
