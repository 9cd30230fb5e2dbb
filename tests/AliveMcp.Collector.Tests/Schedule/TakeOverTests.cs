using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Schedule;

/// <summary>Schedulers that die behind any step, and others that know nothing of them: every minute is opened once and every ticket waits once.</summary>
public abstract class TakeOverTests : ScriptTests
{
    private static readonly int[] Weights = [1, 1, 5, 60];

    private readonly Region[] _regions;
    private readonly IReadOnlyList<RedisDoor> _doors;

    protected TakeOverTests(IReadOnlyList<RedisDoor> doors)
        : base(doors)
    {
        _doors = doors;
        _regions = [Region.Of($"east-{Server.Server}"), Region.Of($"west-{Server.Server}")];
    }

    public static TheoryData<int> Steps { get; } = [.. Enumerable.Range(0, (2 * Weights.Length) + 3)];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Whoever_takes_over_opens_and_queues_what_the_dead_one_did_not(int step)
    {
        var round = await RoundAsync();
        var watches = await WatchesAsync(round);

        await DieBehindAsync(step, watches, round);
        var opened = await Planner(Door).PlanAsync(watches, round);
        var again = await Planner(Door).PlanAsync(watches, round);

        Assert.Equal((Math.Max(0, watches.Count - step), 0), (opened, again));
        await AssertAllWaitOnceAsync(watches, round);
    }

    [Fact]
    public async Task Many_at_once_open_and_queue_every_minute_once()
    {
        var round = await RoundAsync();
        var watches = await WatchesAsync(round);

        var opened = await AllAtOnceAsync((door, _) => Planner(door).PlanAsync(watches, round));

        Assert.Equal(watches.Count, opened.Sum());
        await AssertAllWaitOnceAsync(watches, round);
    }

    [Fact]
    public async Task One_who_fails_in_the_middle_of_a_page_makes_it_good_himself()
    {
        var round = await RoundAsync();
        var watches = await WatchesAsync(round);
        var memory = new PlanMemory(Door);
        await memory.OfAsync([.. watches.Select(watch => watch.Key.Server)], MinuteStamp.Of(round.Now));
        await DieBehindAsync(2, watches, round);

        Assert.Equal(watches.Count - 2, await new PagePlanner(memory, Opener(Door)).PlanAsync(watches, round));

        await AssertAllWaitOnceAsync(watches, round);
    }

    [Fact]
    public async Task Two_who_know_different_cadences_never_let_two_verdicts_stand_for_one_minute()
    {
        var round = await RoundAsync();
        var slow = (await WatchesAsync(round))[2];
        var quick = slow with { Weight = 1 };
        var (one, other) = (Planner(_doors[0]), Planner(_doors[1]));
        var opened = 0;
        for (var minute = 0; minute < 11; minute++)
        {
            var later = new PlanRound(round.Now.AddMinutes(minute), _regions, false);
            var (first, second) = minute % 2 == 0 ? (slow, quick) : (quick, slow);
            opened += await one.PlanAsync([first], later);
            opened += await other.PlanAsync([second], later);
        }

        var stood = 0;
        for (var minute = MinuteStamp.Of(round.Now) + 1; minute <= MinuteStamp.Of(round.Now) + 11; minute += 1)
        {
            if (await new OpenMinuteReader(Door).ReadPlanAsync(slow.Key.Server, minute) is { } plan)
            {
                Assert.True(minute.Value >= stood);
                stood = minute.Value + plan.Weight;
                opened--;
            }
        }

        Assert.Equal(0, opened);
    }

    /// <summary>A moment at which the next minute, and no other, is to be planned; far enough ahead for nothing to become due meanwhile.</summary>
    private async Task<PlanRound> RoundAsync() => new((await NowAsync() + 6).Start.AddSeconds(45), _regions, false);

    /// <summary>Servers whose minute before the planned one was sealed, so that their turn comes regularly.</summary>
    private async Task<IReadOnlyList<Watch>> WatchesAsync(PlanRound round)
    {
        var watches = new List<Watch>();
        foreach (var weight in Weights)
        {
            var key = Sample.NextServer();
            var before = MinuteStamp.Of(round.Now);
            await Database.HashSetAsync(CollectorKeys.Hot(key.Server), "am", before.Value);
            var server = new WatchedServer
            {
                Key = key,
                Url = "https://mcp.example/mcp",
                Weight = weight,
                Quorum = 2,
                Retention = RetentionClass.Days90,
                SettingsVersion = 1,
            };
            watches.Add(Watch.Of(server, default));
        }

        return watches;
    }

    /// <summary>Opens minute by minute and then queues ticket by ticket, and is gone behind so many of these steps.</summary>
    private async Task DieBehindAsync(int steps, IReadOnlyList<Watch> watches, PlanRound round)
    {
        var minutes = watches.SelectMany(watch => MinutePlanner.Plan(watch, Before(round), round).Minutes).ToList();
        var todo = new List<Func<Task>>();
        todo.AddRange(minutes.Select(minute => (Func<Task>)(() => new OpenScript(Door).RunAsync(minute.Plan))));
        for (var place = 0; place < _regions.Length; place++)
        {
            var region = place;
            todo.AddRange(
                minutes.Select(minute =>
                    (Func<Task>)(
                        () =>
                            new QueueScript(Door).RunAsync(
                                _regions[region],
                                Lane.Shared,
                                1_000,
                                [new QueuedTicket(minute.Plan.Server.Server, minute.Plan.Minute, minute.Starts[region])]
                            )
                    )
                )
            );
        }

        foreach (var act in todo.Take(steps))
        {
            await act();
        }
    }

    private static PlannedSoFar Before(PlanRound round) => new(MinuteStamp.Of(round.Now));

    private async Task AssertAllWaitOnceAsync(IReadOnlyList<Watch> watches, PlanRound round)
    {
        var minute = MinuteStamp.Of(round.Now) + 1;
        foreach (var region in _regions)
        {
            var waiting = await Database.SortedSetRangeByRankWithScoresAsync(CollectorKeys.Queue(region, Lane.Shared));
            Assert.Equal(
                watches
                    .Select(watch =>
                        (
                            Member: HandoverKeys.Member(watch.Key.Server, minute),
                            Start: (minute.Start + StartTimes.Offset(watch.Key.Server, region)).ToUnixTimeMilliseconds()
                        )
                    )
                    .OrderBy(ticket => ticket.Member, StringComparer.Ordinal),
                waiting
                    .Select(ticket => (Member: (string)ticket.Element!, Start: (long)ticket.Score))
                    .OrderBy(ticket => ticket.Member, StringComparer.Ordinal)
            );
        }
    }

    private static PagePlanner Planner(RedisDoor door) => new(new PlanMemory(door), Opener(door));

    private static MinuteOpener Opener(RedisDoor door) =>
        new(new OpenScript(door), new QueueScript(door), new CollectorMeter());

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : TakeOverTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : TakeOverTests(servers.Real);
}
