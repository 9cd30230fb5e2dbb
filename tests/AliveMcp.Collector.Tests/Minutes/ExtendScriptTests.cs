using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

public abstract class ExtendScriptTests : ScriptTests
{
    protected ExtendScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors) { }

    [Fact]
    public async Task The_reserve_is_planned_behind_who_was_planned_before()
    {
        var plan = await FailingAsync();

        var round = (await ExtendAsync(plan)).Round!;

        Assert.Equal([Sample.East, Sample.West, Sample.South], round.Plan.Regions);
        Assert.Equal([Sample.Down(Sample.East)], round.Entries);
        Assert.Equal(["0", "f", "p", "r"], await FieldsAsync(plan));
        Assert.Equal($"{plan.Minute.Value}:us-east,eu-west,ap-south", await RoundAsync());
    }

    [Fact]
    public async Task A_second_call_is_told_the_same_and_changes_nothing()
    {
        var plan = await FailingAsync();
        await ExtendAsync(plan);
        await RecordAsync(plan, Sample.Entry(Sample.South));

        var round = (await ExtendAsync(plan)).Round!;

        Assert.Equal([Sample.East, Sample.West, Sample.South], round.Plan.Regions);
        Assert.Equal([Sample.Down(Sample.East), Sample.Entry(Sample.South)], round.Entries);
    }

    [Fact]
    public async Task A_minute_without_a_reserve_has_no_round()
    {
        var plan = await OpenAsync(Sample.East);
        await RecordAsync(plan, Sample.Down(Sample.East));

        Assert.Null((await ExtendAsync(plan)).Round);
        Assert.Null(await RoundAsync());
    }

    [Fact]
    public async Task A_round_that_would_end_too_late_is_not_called()
    {
        var plan = await FailingAsync();

        var answer = await new ExtendScript(Door).RunAsync(plan, DateTimeOffset.UnixEpoch);

        Assert.Null(answer.Round);
        Assert.Equal(["0", "c", "f", "p", "r"], await FieldsAsync(plan));
    }

    [Fact]
    public async Task Neither_a_sealed_minute_nor_an_empty_redis_has_a_round()
    {
        var plan = await FailingAsync();
        await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, [Sample.Down(Sample.East)]));

        Assert.Null((await ExtendAsync(plan)).Round);
        Assert.Null((await ExtendAsync(plan with { Minute = plan.Minute + 1 })).Round);
    }

    [Fact]
    public async Task A_judgement_that_a_round_overtook_is_made_again()
    {
        var plan = await FailingAsync();
        await ExtendAsync(plan);

        var answer = await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, [Sample.Down(Sample.East)]));

        Assert.Equal(SealOutcome.EntriesChanged, answer.Outcome);
        Assert.False(answer.Open!.IsComplete);
    }

    [Fact]
    public async Task A_delivery_after_the_call_tells_that_there_is_a_round()
    {
        var plan = await FailingAsync();
        Assert.False((await RecordAsync(plan, Sample.Down(Sample.East))).IsRoundAgain);
        await ExtendAsync(plan);

        var again = await RecordAsync(plan, Sample.Down(Sample.East));

        Assert.Equal((RecordOutcome.Again, true), (again.Outcome, again.IsRoundAgain));
        Assert.Equal([Sample.Down(Sample.East)], again.Open!.Entries);
    }

    [Fact]
    public async Task The_round_is_over_with_the_first_live_minute_that_several_regions_saw()
    {
        var plan = await FailingAsync();
        await ExtendAsync(plan);
        var whole = plan with { Regions = [Sample.East, Sample.West, Sample.South], Reserve = [] };
        await RecordAsync(plan, Sample.Entry(Sample.West));
        await RecordAsync(plan, Sample.Entry(Sample.South));
        await SealAsync(whole, [Sample.Down(Sample.East), Sample.Entry(Sample.West), Sample.Entry(Sample.South)]);
        Assert.NotNull(await RoundAsync());

        await SealAsync(await OpenNextAsync(plan with { Minute = plan.Minute + 1 }), [Sample.Entry(Sample.East)]);
        Assert.NotNull(await RoundAsync());

        var next = await OpenNextAsync(whole with { Minute = plan.Minute + 2 });
        await SealAsync(next, [.. whole.Regions.Select(region => Sample.Entry(region))]);
        Assert.Null(await RoundAsync());
    }

    [Fact]
    public async Task A_minute_before_it_does_not_end_a_round()
    {
        var plan = await FailingAsync();
        await ExtendAsync(plan);
        var whole = plan with { Regions = [Sample.East, Sample.West], Reserve = [], Minute = plan.Minute - 1 };

        await SealAsync(await OpenNextAsync(whole), [.. whole.Regions.Select(region => Sample.Entry(region))]);

        Assert.NotNull(await RoundAsync());
    }

    [Fact]
    public async Task Many_callers_at_once_call_one_round()
    {
        var plan = await FailingAsync();

        var answers = await AllAtOnceAsync((door, _) => new ExtendScript(door).RunAsync(plan, Later(plan)));

        Assert.All(answers, answer => Assert.Equal(3, answer.Round!.Plan.Regions.Count));
        Assert.Equal(
            "us-east,eu-west,ap-south",
            (string?)await Database.HashGetAsync(CollectorKeys.Minute(Server.Server, plan.Minute), "r")
        );
    }

    [Fact]
    public async Task A_confirmed_minute_of_five_regions_stays_below_250_bytes()
    {
        Region[] others = [Sample.West, Sample.South, Sample.North, Region.Of("sa-east")];
        var plan = await FailingAsync(others);
        await ExtendAsync(plan);
        foreach (var region in others)
        {
            await RecordAsync(plan, Sample.UsualEntry(region));
        }

        var fields = await Database.HashGetAllAsync(CollectorKeys.Minute(Server.Server, plan.Minute));

        Assert.Equal(8, fields.Length);
        Assert.InRange(fields.Sum(field => ((byte[])field.Name!).Length + ((byte[])field.Value!).Length), 150, 249);
    }

    /// <summary>A rotating minute, the coming one, whose one region failed.</summary>
    private async Task<MinutePlan> FailingAsync(params Region[] reserve)
    {
        var plan = await OpenNextAsync(
            Sample.Plan(Server, await NowAsync() + 1, Sample.East) with
            {
                Rotating = true,
                Quorum = 2,
                Reserve = reserve.Length > 0 ? reserve : [Sample.West, Sample.South],
            }
        );
        await RecordAsync(plan, Sample.Down(Sample.East));
        return plan;
    }

    private async Task<MinutePlan> OpenNextAsync(MinutePlan plan)
    {
        Assert.Equal(OpenAnswer.Opened, await new OpenScript(Door).RunAsync(plan));
        return plan;
    }

    private async Task SealAsync(MinutePlan plan, RegionEntry[] entries)
    {
        foreach (var entry in entries)
        {
            await RecordAsync(plan, entry);
        }

        var answer = await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, entries));
        Assert.Equal(SealOutcome.Sealed, answer.Outcome);
    }

    private Task<ExtendAnswer> ExtendAsync(MinutePlan plan) => new ExtendScript(Door).RunAsync(plan, Later(plan));

    private static DateTimeOffset Later(MinutePlan plan) => plan.Minute.Start + TimeSpan.FromMinutes(10);

    private async Task<string?> RoundAsync() =>
        await Database.HashGetAsync(CollectorKeys.Rounds(Shard.Of(Server.Server)), Server.Server.Value);

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : ExtendScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : ExtendScriptTests(servers.Real);
}
