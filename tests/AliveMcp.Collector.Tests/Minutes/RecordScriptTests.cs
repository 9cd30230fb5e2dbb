using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Minutes;

public abstract class RecordScriptTests : ScriptTests
{
    protected RecordScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors) { }

    [Fact]
    public async Task A_minute_that_waits_for_others_gives_nothing_back()
    {
        var plan = await OpenAsync(Sample.East, Sample.West);

        var answer = await RecordAsync(plan, Sample.Entry(Sample.East));

        Assert.Equal(new RecordAnswer(RecordOutcome.Recorded, null, IsRoundAgain: false), answer);
    }

    [Fact]
    public async Task A_minute_in_which_somebody_fails_tells_everybody_who_spoke()
    {
        var plan = await OpenAsync(Sample.East, Sample.West, Sample.South);

        var first = await RecordAsync(plan, Sample.Down(Sample.West));
        var second = await RecordAsync(plan, Sample.Entry(Sample.East));

        Assert.Equal([Sample.Down(Sample.West)], first.Open!.Entries);
        Assert.Equal([Sample.Entry(Sample.East), Sample.Down(Sample.West)], second.Open!.Entries);
        Assert.Null(second.Complete);
    }

    [Fact]
    public async Task The_last_region_gets_all_that_was_said_in_the_plans_order()
    {
        var plan = await OpenAsync(Sample.East, Sample.West, Sample.South);
        await RecordAsync(plan, Sample.Entry(Sample.South));
        await RecordAsync(plan, Sample.LargeEntry(Sample.East));

        var answer = await RecordAsync(plan, Sample.Down(Sample.West));

        Assert.Equal(RecordOutcome.Recorded, answer.Outcome);
        Assert.Equal(plan.Regions, answer.Complete!.Plan.Regions);
        Assert.Equal(
            [Sample.LargeEntry(Sample.East), Sample.Down(Sample.West), Sample.Entry(Sample.South)],
            answer.Complete.Entries
        );
    }

    [Fact]
    public async Task The_first_word_of_a_region_stands()
    {
        var plan = await OpenAsync(Sample.East, Sample.West);
        await RecordAsync(plan, Sample.Entry(Sample.East));

        var again = await RecordAsync(plan, Sample.Down(Sample.East));
        var complete = (await RecordAsync(plan, Sample.Entry(Sample.West))).Complete!;

        Assert.Equal(RecordOutcome.Again, again.Outcome);
        Assert.Equal(ServerState.Live, complete.Entries[0].State);
    }

    [Fact]
    public async Task What_a_collector_left_behind_that_died_before_the_seal_comes_with_the_next_delivery()
    {
        var plan = await OpenAsync(Sample.East);
        await RecordAsync(plan, Sample.Entry(Sample.East));

        var again = await RecordAsync(plan, Sample.Entry(Sample.East));

        Assert.Equal(RecordOutcome.Again, again.Outcome);
        Assert.Single(again.Complete!.Entries);
    }

    [Fact]
    public async Task A_region_that_was_not_asked_is_not_heard()
    {
        var plan = await OpenAsync(Sample.East);

        Assert.Equal(RecordOutcome.Unplanned, (await RecordAsync(plan, Sample.Entry(Sample.West))).Outcome);
        Assert.Equal(["p", "r"], await FieldsAsync(plan));
    }

    [Fact]
    public async Task An_empty_redis_knows_no_minute()
    {
        var plan = Sample.Plan(Server, await NowAsync(), Sample.East);

        Assert.Equal(RecordOutcome.Gone, (await RecordAsync(plan, Sample.Entry(Sample.East))).Outcome);
        Assert.Empty(await FieldsAsync(plan));
    }

    [Fact]
    public async Task After_the_last_moment_a_result_is_late_though_nobody_sealed()
    {
        var plan = await OpenLongAgoAsync(Sample.East);

        Assert.Equal(RecordOutcome.Late, (await RecordAsync(plan, Sample.Entry(Sample.East))).Outcome);
        Assert.Equal(["p", "r"], await FieldsAsync(plan));
    }

    [Fact]
    public async Task After_the_seal_a_new_word_is_late_and_a_repeated_one_is_not()
    {
        var plan = await OpenAsync(Sample.East, Sample.West);
        await RecordAsync(plan, Sample.Entry(Sample.East));
        await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, [Sample.Entry(Sample.East)]));

        Assert.Equal(RecordOutcome.Late, (await RecordAsync(plan, Sample.Entry(Sample.West))).Outcome);
        Assert.Equal(RecordOutcome.Again, (await RecordAsync(plan, Sample.Entry(Sample.East))).Outcome);
    }

    [Fact]
    public async Task Of_many_words_of_one_region_at_once_one_is_recorded()
    {
        var plan = await OpenAsync(Sample.East, Sample.West);

        var answers = await AllAtOnceAsync(
            (door, _) => new RecordScript(door).RunAsync(Server.Server, plan.Minute, Sample.Entry(Sample.East))
        );

        Assert.Single(answers, answer => answer.Outcome == RecordOutcome.Recorded);
        Assert.Equal(["0", "p", "r"], await FieldsAsync(plan));
    }

    [Fact]
    public async Task Of_many_regions_at_once_none_is_lost_and_exactly_one_completes()
    {
        var regions = Enumerable.Range(0, ScriptServers.Callers).Select(place => Region.Of($"r{place}")).ToArray();
        var plan = await OpenAsync(regions);

        var answers = await AllAtOnceAsync(
            (door, place) => new RecordScript(door).RunAsync(Server.Server, plan.Minute, Sample.Entry(regions[place]))
        );

        Assert.All(answers, answer => Assert.Equal(RecordOutcome.Recorded, answer.Outcome));
        var complete = Assert.Single(answers, answer => answer.Complete is not null);
        Assert.Equal(regions, complete.Complete!.Entries.Select(entry => entry.Region));
    }

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : RecordScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : RecordScriptTests(servers.Real);
}
