using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Collector.Tests.Minutes;

public abstract class OpenScriptTests : ScriptTests
{
    protected OpenScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors) { }

    [Fact]
    public async Task A_minute_is_opened_with_its_plan_deadline_and_epoch()
    {
        var plan = await OpenAsync(Sample.East, Sample.West);

        var minute = CollectorKeys.Minute(Server.Server, plan.Minute);
        var shard = Shard.Of(Server.Server);
        var life = await Database.KeyTimeToLiveAsync(minute);
        var due = await Database.SortedSetScoreAsync(
            CollectorKeys.Due(shard),
            HandoverKeys.Member(Server.Server, plan.Minute)
        );
        Assert.Equal("us-east,eu-west", (string?)await Database.HashGetAsync(minute, "r"));
        Assert.Equal(PlanCodec.Pack(plan), (byte[]?)await Database.HashGetAsync(minute, "p"));
        Assert.Equal(plan.Minute.Start.AddSeconds(90).ToUnixTimeMilliseconds(), (long)due!.Value);
        Assert.InRange(life!.Value.TotalHours, 23.9, 24);
        Assert.False((await Database.StringGetAsync(CollectorKeys.Epoch(shard))).IsNullOrEmpty);
    }

    [Fact]
    public async Task A_second_call_changes_nothing()
    {
        var plan = await OpenAsync(Sample.East);
        var shard = Shard.Of(Server.Server);
        var epoch = (string?)await Database.StringGetAsync(CollectorKeys.Epoch(shard));

        var answer = await new OpenScript(Door).RunAsync(plan with { Regions = [Sample.West] });

        Assert.Equal(OpenAnswer.OpenedBefore, answer);
        Assert.Equal(
            "us-east",
            (string?)await Database.HashGetAsync(CollectorKeys.Minute(Server.Server, plan.Minute), "r")
        );
        Assert.Equal(epoch, (string?)await Database.StringGetAsync(CollectorKeys.Epoch(shard)));
    }

    [Fact]
    public async Task A_minute_that_is_over_is_not_opened()
    {
        var plan = Sample.Plan(Server, await NowAsync() - 3, Sample.East);

        Assert.Equal(OpenAnswer.TooLate, await new OpenScript(Door).RunAsync(plan));
        Assert.Empty(await FieldsAsync(plan));
    }

    [Fact]
    public async Task A_sealed_minute_is_not_opened_again()
    {
        var plan = await OpenAsync(Sample.East);
        var complete = (await RecordAsync(plan, Sample.Entry(Sample.East))).Complete!;
        await new SealScript(Door).RunAsync(MinuteRule.Judge(complete.Plan, complete.Entries));

        Assert.Equal(OpenAnswer.OpenedBefore, await new OpenScript(Door).RunAsync(plan));
    }

    [Fact]
    public async Task Of_many_callers_at_once_one_opens()
    {
        var plan = Sample.Plan(Server, await NowAsync(), Sample.East);

        var answers = await AllAtOnceAsync((door, _) => new OpenScript(door).RunAsync(plan));

        Assert.Single(answers, answer => answer == OpenAnswer.Opened);
        Assert.Equal(31, answers.Count(answer => answer == OpenAnswer.OpenedBefore));
    }

    [Fact]
    public async Task A_minute_that_an_opened_one_stands_for_is_not_opened()
    {
        var now = await NowAsync();
        var turn = Sample.Plan(Server, now, Sample.East) with { Weight = 5 };
        Assert.Equal(OpenAnswer.Opened, await new OpenScript(Door).RunAsync(turn));

        Assert.Equal(OpenAnswer.Covered, await OpenAsync(now + 1));
        Assert.Equal(OpenAnswer.Covered, await OpenAsync(now + 4));
        Assert.Equal(OpenAnswer.Opened, await OpenAsync(now + 5));
        Assert.Equal(
            $"{(now + 5).Value} 1",
            (string?)await Database.HashGetAsync(CollectorKeys.Hot(Server.Server), "p")
        );
    }

    [Fact]
    public async Task Of_many_callers_with_different_cadences_one_decides_for_all_minutes()
    {
        var now = await NowAsync();

        var answers = await AllAtOnceAsync(
            (door, place) =>
                new OpenScript(door).RunAsync(
                    Sample.Plan(Server, now + (place % 4), Sample.East) with
                    {
                        Weight = 4 - (place % 4),
                    }
                )
        );

        var opened = await Database.HashGetAsync(CollectorKeys.Hot(Server.Server), "p");
        Assert.False(opened.IsNull);
        var stands = new List<int>();
        for (var minute = 0; minute < 4; minute++)
        {
            if (await Database.KeyExistsAsync(CollectorKeys.Minute(Server.Server, now + minute)))
            {
                stands.Add(minute);
            }
        }

        Assert.Equal(answers.Count(answer => answer == OpenAnswer.Opened), stands.Count);
        Assert.DoesNotContain(answers, answer => answer == OpenAnswer.TooLate);
    }

    private Task<OpenAnswer> OpenAsync(MinuteStamp minute) =>
        new OpenScript(Door).RunAsync(Sample.Plan(Server, minute, Sample.East));

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : OpenScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : OpenScriptTests(servers.Real);
}
