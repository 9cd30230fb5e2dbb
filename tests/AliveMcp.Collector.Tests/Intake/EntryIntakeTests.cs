using AliveMcp.Collector.Intake;
using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;
using StackExchange.Redis;

namespace AliveMcp.Collector.Tests.Intake;

public sealed class EntryIntakeTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    // Regions are in doubt or not for everybody: each test has its own.
    private readonly Region _a = Any("a");
    private readonly Region _b = Any("b");
    private readonly Region _c = Any("c");

    [Fact]
    public async Task A_failure_of_the_one_whose_turn_it_was_asks_the_others_and_theirs_is_the_word()
    {
        var plan = await RotatingAsync();

        await TakeAsync(plan, Sample.Down(_a));
        Assert.Null(await SealedAsync(plan));
        Assert.NotNull(await QueuedAsync(plan, _b));
        Assert.NotNull(await QueuedAsync(plan, _c));

        await TakeAsync(plan, Sample.Down(_b));
        await TakeAsync(plan, Sample.Entry(_c));
        var verdict = (await SealedAsync(plan))!;
        Assert.Equal((ServerState.Down, 3), (verdict.State, verdict.Plan.Regions.Count));
    }

    [Theory]
    [InlineData(ServerState.Live)]
    [InlineData(ServerState.Unknown)]
    public async Task Nobody_else_is_asked_when_the_one_whose_turn_it_was_is_content_or_could_not_look(
        ServerState state
    )
    {
        var plan = await RotatingAsync();

        await TakeAsync(plan, Sample.Entry(_a, state));

        Assert.Equal(state, (await SealedAsync(plan))!.State);
        Assert.Null(await QueuedAsync(plan, _b));
    }

    [Fact]
    public async Task A_failure_that_nobody_else_can_confirm_is_unconfirmed()
    {
        var plan = await RotatingAsync(plan => plan with { Reserve = [] });

        await TakeAsync(plan, Sample.Down(_a));

        var verdict = (await SealedAsync(plan))!;
        Assert.Equal((ServerState.Degraded, Why.Unconfirmed), (verdict.State, verdict.Why));
    }

    [Fact]
    public async Task A_round_that_could_not_end_in_time_is_left_out()
    {
        var minute = MinuteStamp.Of(await house.Storage.Clock.NowAsync());
        var late = Sample.Plan(Sample.NextServer(), minute, _a) with { Weight = 5, Rotating = true, Reserve = [_b] };

        var latest = ConfirmationRound.Latest(late, TimeSpan.FromSeconds(15));
        var longest = ConfirmationRound.Latest(late, TimeSpan.FromSeconds(30));
        var nearNext = ConfirmationRound.Latest(late with { Weight = 1 }, TimeSpan.FromSeconds(30));

        Assert.Equal(minute.Start.AddSeconds(68), latest);
        Assert.Equal(minute.Start.AddSeconds(53), longest);
        Assert.InRange(nearNext, minute.Start.AddSeconds(26), minute.Start.AddSeconds(53));
    }

    [Fact]
    public async Task The_next_delivery_asks_for_a_collector_that_died_between_calling_the_round_and_asking()
    {
        var plan = await RotatingAsync();
        await new RecordScript(house.Storage.Redis).RunAsync(plan.Server.Server, plan.Minute, Sample.Down(_a));
        await new ExtendScript(house.Storage.Redis).RunAsync(plan, plan.Minute.Start);
        await new RecordScript(house.Storage.Redis).RunAsync(plan.Server.Server, plan.Minute, Sample.Entry(_c));

        var taken = await TakeAsync(plan, Sample.Down(_a));

        Assert.Equal(Taken.Again, Assert.Single(taken).Outcome);
        Assert.NotNull(await QueuedAsync(plan, _b));
        Assert.Null(await QueuedAsync(plan, _c));
    }

    [Fact]
    public async Task What_fails_only_here_is_our_own_trouble_and_waits_for_the_deadline()
    {
        var servers = await ManyAsync(24);
        await house.Get<EntryIntake>().TakeAsync([.. servers.Select(plan => Report(plan, Sample.Entry(_b)))]);

        var taken = await house
            .Get<EntryIntake>()
            .TakeAsync([.. servers.Select(plan => Report(plan, Sample.Down(_a, Why.ConnectTimeout)))]);

        Assert.All(taken, report => Assert.Equal(Why.RegionInDoubt, report.Entry!.Why));
        Assert.All(await Task.WhenAll(servers.Select(SealedAsync)), Assert.Null);
        var open = await house.Get<OpenMinuteReader>().ReadAsync(servers[0].Server.Server, servers[0].Minute);
        var verdict = (await house.Get<MinuteSealer>().SealAsync(open!, isOver: true))!.Verdict;
        Assert.Equal(ServerState.Live, verdict.State);
        Assert.Equal(
            [(ServerState.Unknown, Why.RegionInDoubt), (ServerState.Live, Why.None)],
            verdict.Entries.Select(entry => (entry.State, entry.Why))
        );
    }

    [Fact]
    public async Task A_region_in_doubt_asks_for_no_round_and_what_lives_there_lives()
    {
        await house.Get<TallyScript>().RunAsync(_a, default, DoubtRule.Lasts);
        var failing = await RotatingAsync();
        var living = await RotatingAsync();

        await TakeAsync(failing, Sample.Down(_a));
        await TakeAsync(living, Sample.Entry(_a));

        Assert.Null(await QueuedAsync(failing, _b));
        Assert.Null(await SealedAsync(failing));
        Assert.Equal(ServerState.Live, (await SealedAsync(living))!.State);
    }

    [Fact]
    public async Task What_fails_everywhere_puts_no_region_in_doubt()
    {
        var servers = await ManyAsync(24);
        await house.Get<EntryIntake>().TakeAsync([.. servers.Select(plan => Report(plan, Sample.Down(_a)))]);
        await house.Get<EntryIntake>().TakeAsync([.. servers.Select(plan => Report(plan, Sample.Down(_b)))]);

        var sealedAs = await Task.WhenAll(servers.Select(SealedAsync));

        Assert.All(sealedAs, verdict => Assert.Equal(ServerState.Down, verdict!.State));
    }

    private Task<IReadOnlyList<TakenReport>> TakeAsync(MinutePlan plan, RegionEntry entry) =>
        house.Get<EntryIntake>().TakeAsync([Report(plan, entry)]);

    private static TicketReport Report(MinutePlan plan, RegionEntry entry) =>
        new()
        {
            Server = plan.Server,
            Minute = plan.Minute,
            Region = entry.Region,
            Signature = "",
            Attempts = [Sample.Attempt(entry.State, entry.Why)],
        };

    /// <summary>The coming minute, so that there is time for everything.</summary>
    private async Task<MinutePlan> RotatingAsync(Func<MinutePlan, MinutePlan>? change = null)
    {
        var plan = Sample.Plan(Sample.NextServer(), await SoonAsync(), _a) with
        {
            Rotating = true,
            Quorum = 2,
            Reserve = [_b, _c],
        };
        return await OpenAsync(change?.Invoke(plan) ?? plan);
    }

    private async Task<MinutePlan[]> ManyAsync(int count)
    {
        var minute = await SoonAsync();
        return await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => OpenAsync(Sample.Plan(Sample.NextServer(), minute, _a, _b)))
        );
    }

    private async Task<MinuteStamp> SoonAsync() => MinuteStamp.Of(await house.Storage.Clock.NowAsync()) + 1;

    private async Task<MinutePlan> OpenAsync(MinutePlan plan)
    {
        Assert.Equal(OpenAnswer.Opened, await new OpenScript(house.Storage.Redis).RunAsync(plan));
        return plan;
    }

    private async Task<VerdictMinute?> SealedAsync(MinutePlan plan)
    {
        RedisValue packed = await Database.HashGetAsync(
            CollectorKeys.Minute(plan.Server.Server, plan.Minute),
            "sealed"
        );
        return packed.IsNull ? null : VerdictCodec.Unpack((byte[])packed!);
    }

    private Task<double?> QueuedAsync(MinutePlan plan, Region region) =>
        Database.SortedSetScoreAsync(
            CollectorKeys.Queue(region, Lane.Shared),
            HandoverKeys.Member(plan.Server.Server, plan.Minute)
        );

    private IDatabase Database => house.Storage.Redis.Database;

    private static Region Any(string name) => Region.Of(name + Guid.NewGuid().ToString("N")[..12]);
}
