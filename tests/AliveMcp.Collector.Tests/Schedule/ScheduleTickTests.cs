using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Schedule;

/// <summary>A tick plans whatever is on the watch list, so every test begins with an empty one and an empty Redis.</summary>
public sealed class ScheduleTickTests(DeskHouse house) : IClassFixture<DeskHouse>, IAsyncLifetime
{
    [Fact]
    public async Task Without_a_living_prober_nothing_is_planned()
    {
        await house.WatchAsync();

        Assert.Equal(0, await Tick().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_new_server_is_looked_at_at_once_from_every_living_region()
    {
        var server = await house.WatchAsync();
        await LiveAsync(Sample.East);
        await LiveAsync(Sample.West);

        var opened = await Tick().RunAsync(CancellationToken.None);

        var east = Assert.Single(await DeskHouse.LeaseAsync(house.East));
        var west = Assert.Single(await DeskHouse.LeaseAsync(house.West));
        Assert.InRange(opened, 1, 2);
        Assert.Equal((server, server), (east.Server, west.Server));
        Assert.Equal(east.Minute, west.Minute);
    }

    [Fact]
    public async Task Two_schedulers_never_open_a_minute_twice()
    {
        for (var number = 0; number < 20; number++)
        {
            await house.WatchAsync();
        }

        await LiveAsync(Sample.East);

        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Tick().RunAsync(CancellationToken.None)));

        var queued = await house.Storage.Redis.Database.SortedSetLengthAsync(
            CollectorKeys.Queue(Sample.East, Lane.Shared)
        );
        Assert.Equal(queued, opened.Sum());
        Assert.Contains(queued, new long[] { 20, 40 });
    }

    [Fact]
    public async Task A_scheduler_that_takes_over_queues_what_its_predecessor_only_opened()
    {
        var server = await house.WatchAsync();
        await LiveAsync(Sample.East);
        await Tick().RunAsync(CancellationToken.None);
        await house.Storage.Redis.Database.KeyDeleteAsync(CollectorKeys.Queue(Sample.East, Lane.Shared));
        var opener = Opener();
        var now = await house.Storage.Clock.NowAsync();
        var minute = MinuteStamp.Of(now) + 2;
        var start = minute.Start + StartTimes.Offset(server.Server, Sample.East);
        var planned = new PlannedMinute(Sample.Plan(server, minute, Sample.East), [start]);
        await new OpenScript(house.Storage.Redis).RunAsync(planned.Plan);

        Assert.Equal(OpenAnswer.OpenedBefore, Assert.Single(await opener.OpenAsync([planned], now)));

        Assert.Equal(
            1,
            await house.Storage.Redis.Database.SortedSetLengthAsync(CollectorKeys.Queue(Sample.East, Lane.Shared))
        );
    }

    [Fact]
    public async Task After_redis_was_emptied_the_running_minute_is_looked_at_again()
    {
        var server = await house.WatchAsync();
        await LiveAsync(Sample.East);
        var tick = Tick();
        await tick.RunAsync(CancellationToken.None);
        await house.Storage.Redis.Database.ExecuteAsync("FLUSHALL");
        Assert.Equal(0, await tick.RunAsync(CancellationToken.None));
        await LiveAsync(Sample.East);

        Assert.InRange(await tick.RunAsync(CancellationToken.None), 1, 2);

        Assert.Equal(server, (await house.LeaseOneAsync(house.East)).Server);
    }

    [Fact]
    public async Task A_round_that_is_made_again_opens_nothing_again()
    {
        await house.WatchAsync();
        await LiveAsync(Sample.East);
        var tick = Tick();

        var first = await tick.RunAsync(CancellationToken.None);

        Assert.InRange(first, 1, 2);
        Assert.Equal(0, await tick.RunAsync(CancellationToken.None));
        Assert.InRange(await Tick().RunAsync(CancellationToken.None), 0, 1);
    }

    [Fact]
    public async Task A_called_round_makes_all_its_regions_look_and_what_cannot_be_read_is_forgotten()
    {
        var server = new ServerId(700);
        var rounds = CollectorKeys.Rounds(Shard.Of(server));
        var now = MinuteStamp.Of(await house.Storage.Clock.NowAsync());
        var database = house.Storage.Redis.Database;
        await database.HashSetAsync(rounds, server.Value, $"{now.Value - 3}:us-east,eu-west");
        await database.HashSetAsync(rounds, "764", $"{now.Value - (24 * 60)}:us-east,eu-west");
        await database.HashSetAsync(rounds, "828", "rotten");

        var read = await new PlanMemory(house.Storage.Redis).RoundsAsync(now);

        Assert.Equal([Sample.East, Sample.West], Assert.Single(read).Value);
        Assert.Equal(["700"], (await database.HashKeysAsync(rounds)).Select(field => (string)field!));
    }

    public async ValueTask InitializeAsync()
    {
        await house.Storage.Redis.Database.ExecuteAsync("FLUSHALL");
        await house.RowsAsync<int>("DELETE FROM servers.server", new { });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task LiveAsync(Region region) => house.Get<LiveRegions>().NoteAsync(region, "prober-1");

    private MinuteOpener Opener() =>
        new(new OpenScript(house.Storage.Redis), new QueueScript(house.Storage.Redis), house.Get<CollectorMeter>());

    private ScheduleTick Tick()
    {
        var memory = new PlanMemory(house.Storage.Redis);
        return new ScheduleTick(
            new WatchPages(house.Get<WatchList>(), new PlanFactsTable(house.Storage.Doors)),
            house.Get<LiveRegions>(),
            memory,
            new PagePlanner(memory, Opener()),
            new TickLog(house.Storage.Redis, house.Storage.Clock)
        );
    }
}
