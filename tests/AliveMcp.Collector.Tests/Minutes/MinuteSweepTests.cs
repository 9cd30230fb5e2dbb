using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Tests.Minutes;

public sealed class MinuteSweepTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task What_is_over_is_sealed_with_what_was_said()
    {
        var plan = await OverdueAsync(Sample.Entry(Sample.East));

        await SweptAsync(plan);

        var verdict = await SealedAsync(plan);
        Assert.Equal((ServerState.Live, 1), (verdict!.State, verdict.Entries.Count));
    }

    [Fact]
    public async Task A_minute_in_which_nobody_spoke_is_unknown()
    {
        var plan = await OverdueAsync();

        await SweptAsync(plan);

        var verdict = await SealedAsync(plan);
        Assert.Equal((ServerState.Unknown, Why.NobodyLooked), (verdict!.State, verdict.Why));
    }

    [Fact]
    public async Task What_a_collector_recorded_before_it_died_is_sealed_by_any_other()
    {
        var plan = await OverdueAsync(Sample.Down(Sample.East), Sample.Down(Sample.West));

        await SweptAsync(plan);

        Assert.Equal(ServerState.Down, (await SealedAsync(plan))!.State);
    }

    [Fact]
    public async Task A_minute_that_was_lost_with_redis_is_not_due_any_more()
    {
        var plan = await OverdueAsync();
        await Database.KeyDeleteAsync(CollectorKeys.Minute(plan.Server.Server, plan.Minute));

        await SweptAsync(plan);

        Assert.Null(await SealedAsync(plan));
    }

    [Fact]
    public async Task A_minute_that_cannot_be_read_is_set_aside_and_stops_nobody()
    {
        var poisoned = await OverdueAsync();
        await Database.HashSetAsync(CollectorKeys.Minute(poisoned.Server.Server, poisoned.Minute), "p", "rotten");
        var good = await OverdueAsync(Sample.Entry(Sample.East));

        await SweptAsync(good);
        await house.Get<MinuteSweep>().SweepAsync(CancellationToken.None);

        var due = await DueAsync(poisoned);
        Assert.Equal(poisoned.Minute.Start.AddSeconds(90).AddMinutes(10).ToUnixTimeMilliseconds(), (long)due!.Value);
        Assert.Equal(ServerState.Live, (await SealedAsync(good))!.State);
    }

    [Fact]
    public async Task Of_several_sweeps_at_once_one_seals()
    {
        var plan = await OverdueAsync(Sample.Entry(Sample.East));
        var shard = Shard.Of(plan.Server.Server);
        var before = (long)await Database.StringGetAsync(CollectorKeys.Sequence(shard));

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => house.Get<MinuteSweep>().SweepAsync(CancellationToken.None))
        );
        await SweptAsync(plan);

        Assert.Equal(before + 1, (long)await Database.StringGetAsync(CollectorKeys.Sequence(shard)));
    }

    [Fact]
    public async Task Three_collectors_seal_what_a_long_outage_left_without_doing_it_thrice()
    {
        const int count = 2_000;
        var plans = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => OverdueAsync()));
        var before = Database.Multiplexer.OperationCount;

        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => house.Get<MinuteSweep>().SweepAsync(CancellationToken.None))
        );
        var commands = Database.Multiplexer.OperationCount - before;
        await Task.WhenAll(plans.Select(SweptAsync));

        // Read, seal and tell; the rest is what looking for work costs, three collectors and the house's own.
        Assert.InRange(commands, 0, 5 * count);
        Assert.All(await Task.WhenAll(plans.Select(SealedAsync)), Assert.NotNull);
    }

    private IDatabase Database => house.Storage.Redis.Database;

    /// <summary>The house's own loop sweeps, too: what counts is that it was done.</summary>
    private async Task SweptAsync(MinutePlan plan)
    {
        while (await DueAsync(plan) is not null)
        {
            await house.Get<MinuteSweep>().SweepAsync(CancellationToken.None);
        }
    }

    private Task<double?> DueAsync(MinutePlan plan) =>
        Database.SortedSetScoreAsync(
            CollectorKeys.Due(Shard.Of(plan.Server.Server)),
            HandoverKeys.Member(plan.Server.Server, plan.Minute)
        );

    private async Task<MinutePlan> OverdueAsync(params RegionEntry[] entries)
    {
        var minute = MinuteStamp.Of(await house.Storage.Clock.NowAsync()) - 3;
        var plan = Sample.Plan(Sample.NextServer(), minute, Sample.East, Sample.West);
        var fields = new List<HashEntry> { new("r", PlanCodec.PackRegions(plan)), new("p", PlanCodec.Pack(plan)) };
        fields.AddRange(
            entries.Select(entry => new HashEntry(entry.Region == Sample.East ? "0" : "1", EntryCodec.Pack(entry)))
        );
        await Database.HashSetAsync(CollectorKeys.Minute(plan.Server.Server, minute), [.. fields]);
        await Database.SortedSetAddAsync(
            CollectorKeys.Due(Shard.Of(plan.Server.Server)),
            HandoverKeys.Member(plan.Server.Server, minute),
            minute.Start.AddSeconds(90).ToUnixTimeMilliseconds()
        );
        return plan;
    }

    private async Task<VerdictMinute?> SealedAsync(MinutePlan plan)
    {
        var packed = await Database.HashGetAsync(CollectorKeys.Minute(plan.Server.Server, plan.Minute), "sealed");
        return packed.IsNull ? null : VerdictCodec.Unpack((byte[])packed!);
    }
}
