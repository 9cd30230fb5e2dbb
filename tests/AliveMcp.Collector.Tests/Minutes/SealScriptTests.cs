using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Tests.Minutes;

public abstract class SealScriptTests : ScriptTests
{
    protected SealScriptTests(IReadOnlyList<RedisDoor> doors)
        : base(doors) { }

    [Fact]
    public async Task A_seal_drops_the_entries_and_tells_log_and_hot()
    {
        var plan = await OpenAsync(Sample.East);
        await RecordAsync(plan, Sample.Entry(Sample.East));
        var verdict = MinuteRule.Judge(plan, [Sample.Entry(Sample.East)]);

        var answer = await new SealScript(Door).RunAsync(verdict);

        var shard = Shard.Of(Server.Server);
        var member = HandoverKeys.Member(Server.Server, plan.Minute);
        var sequence = (long)await Database.StringGetAsync(CollectorKeys.Sequence(shard));
        Assert.Equal(SealOutcome.Sealed, answer.Outcome);
        Assert.Equal(["sealed"], await FieldsAsync(plan));
        Assert.Null(await Database.SortedSetScoreAsync(CollectorKeys.Due(shard), member));
        Assert.InRange(await LogAsync(plan) ?? 0, 1, sequence);
        Assert.Equal(plan.Minute.Value, (int)await HotAsync("am"));
        Assert.Equal(VerdictCodec.Pack(verdict), (byte[]?)await HotAsync("a"));
        Assert.Equal(VerdictCodec.Pack(verdict), (byte[]?)await HotAsync("k"));
        Assert.InRange(
            (await Database.KeyTimeToLiveAsync(CollectorKeys.Hot(Server.Server)))!.Value.TotalHours,
            23.9,
            24
        );
        Assert.InRange(
            (await Database.KeyTimeToLiveAsync(CollectorKeys.Minute(Server.Server, plan.Minute)))!.Value.TotalMinutes,
            4,
            5
        );
    }

    [Fact]
    public async Task The_log_holds_the_verdict_itself()
    {
        var plan = await OpenAsync(Sample.East);
        var verdict = MinuteRule.Judge(plan, []);

        await new SealScript(Door).RunAsync(verdict);

        var log = await Database.SortedSetRangeByRankAsync(CollectorKeys.Log(Shard.Of(Server.Server)));
        var entry = new LogEntry
        {
            Server = Server.Server,
            Minute = plan.Minute,
            Packed = VerdictCodec.Pack(verdict),
        };
        Assert.Contains(log, member => ((byte[])member!).AsSpan().SequenceEqual(entry.ToBytes()));
    }

    [Fact]
    public async Task What_nobody_archived_for_a_day_leaves_the_log()
    {
        var shard = Shard.Of(Server.Server);
        var now = await NowAsync();
        SortedSetEntry[] old =
        [
            .. Enumerable
                .Range(1, 100)
                .Select(place => new SortedSetEntry(
                    HandoverKeys.Member(Server.Server, now - 1442 - place) + ":old",
                    -place
                )),
        ];
        await Database.SortedSetAddAsync(CollectorKeys.Log(shard), old);

        for (var place = 0; place < 64; place++)
        {
            await SealAsync(now + place, ServerState.Live);
        }

        var log = await Database.SortedSetRangeByRankAsync(CollectorKeys.Log(shard));
        Assert.DoesNotContain(log, member => ((string)member!).EndsWith(":old", StringComparison.Ordinal));
        Assert.NotNull(await LogAsync(Sample.Plan(Server, now, Sample.East)));
    }

    [Fact]
    public async Task A_second_seal_gets_the_first_ones_answer_and_leaves_the_log_alone()
    {
        var plan = await OpenAsync(Sample.East, Sample.West);
        await RecordAsync(plan, Sample.Entry(Sample.East));
        await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, [Sample.Entry(Sample.East)]));
        var before = await LogAsync(plan);

        var answer = await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, [Sample.Down(Sample.East)]));

        Assert.Equal(SealOutcome.SealedBefore, answer.Outcome);
        Assert.Equal(ServerState.Live, answer.Verdict!.State);
        Assert.Equal(before, await LogAsync(plan));
    }

    [Fact]
    public async Task A_judgement_that_an_entry_overtook_is_made_again()
    {
        var plan = await OpenAsync(Sample.East, Sample.West);
        await RecordAsync(plan, Sample.Down(Sample.West));

        var answer = await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, []));

        Assert.Equal(SealOutcome.EntriesChanged, answer.Outcome);
        Assert.Equal([Sample.Down(Sample.West)], answer.Open!.Entries);
        Assert.Equal(["1", "f", "p", "r"], await FieldsAsync(plan));
        Assert.Null(await LogAsync(plan));
    }

    [Fact]
    public async Task A_minute_in_which_nobody_spoke_is_sealed_unknown()
    {
        var plan = await OpenAsync(Sample.East);

        var answer = await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, []));

        Assert.Equal(SealOutcome.Sealed, answer.Outcome);
        Assert.Equal(plan.Minute.Value, (int)await HotAsync("am"));
        Assert.True((await HotAsync("k")).IsNull);
    }

    [Fact]
    public async Task An_empty_redis_seals_nothing()
    {
        var plan = Sample.Plan(Server, await NowAsync(), Sample.East);

        var answer = await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, []));

        Assert.Equal(SealOutcome.Gone, answer.Outcome);
        Assert.Null(await LogAsync(plan));
        Assert.True((await HotAsync("am")).IsNull);
    }

    [Theory]
    [InlineData("0,1", 1, 0)]
    [InlineData("1,0", 1, 0)]
    [InlineData("0,2,1", 2, 1)]
    [InlineData("2,0,1", 2, 1)]
    [InlineData("2,1,0", 2, 1)]
    public async Task What_is_at_hand_never_goes_back(string order, int newest, int second)
    {
        var now = await NowAsync();
        foreach (var later in order.Split(','))
        {
            await SealAsync(
                now + int.Parse(later, System.Globalization.CultureInfo.InvariantCulture),
                ServerState.Live
            );
        }

        Assert.Equal((now + newest).Value, (int)await HotAsync("am"));
        Assert.Equal((now + second).Value, (int)await HotAsync("bm"));
        Assert.Equal((now + newest).Value, (int)await HotAsync("km"));
        Assert.Equal(now + second, VerdictCodec.Unpack((byte[])(await HotAsync("b"))!).Minute);
    }

    [Fact]
    public async Task The_last_known_state_outlives_minutes_that_could_not_look()
    {
        var now = await NowAsync();
        await SealAsync(now, ServerState.Down);
        await SealAsync(now + 1, ServerState.Unknown);

        Assert.Equal((now + 1).Value, (int)await HotAsync("am"));
        Assert.Equal(now.Value, (int)await HotAsync("km"));
        Assert.Equal(ServerState.Down, VerdictCodec.Unpack((byte[])(await HotAsync("k"))!).State);
    }

    [Fact]
    public async Task Of_many_callers_at_once_one_seals_and_all_get_its_answer()
    {
        var plan = await OpenAsync(Sample.East);
        await RecordAsync(plan, Sample.Entry(Sample.East));
        var verdict = MinuteRule.Judge(plan, [Sample.Entry(Sample.East)]);

        var answers = await AllAtOnceAsync((door, _) => new SealScript(door).RunAsync(verdict));

        Assert.Single(answers, answer => answer.Outcome == SealOutcome.Sealed);
        Assert.All(answers, answer => Assert.Equal(ServerState.Live, answer.Verdict!.State));
    }

    [Fact]
    public async Task Every_seal_of_a_shard_has_a_number_of_its_own()
    {
        var now = await NowAsync();
        var servers = Enumerable
            .Range(0, ScriptServers.Callers)
            .Select(place => new ServerId(Server.Server.Value + (Shard.Count * 10_000 * (place + 1))))
            .ToList();
        var plans = servers
            .Select(server => Sample.Plan(new ServerKey(TenantId.Local, server), now, Sample.East))
            .ToList();
        await Task.WhenAll(plans.Select(plan => new OpenScript(Door).RunAsync(plan)));

        await AllAtOnceAsync((door, place) => new SealScript(door).RunAsync(MinuteRule.Judge(plans[place], [])));

        var numbers = await Task.WhenAll(plans.Select(LogAsync));
        Assert.Equal(ScriptServers.Callers, numbers.Distinct().Count());
    }

    [Fact]
    public async Task A_minute_of_five_regions_stays_below_250_bytes()
    {
        Region[] regions = [Sample.East, Sample.West, Sample.South, Sample.North, Region.Of("sa-east")];
        var plan = await OpenAsync(regions);
        var entries = regions.Select(Sample.UsualEntry).ToList();
        foreach (var entry in entries)
        {
            await RecordAsync(plan, entry);
        }

        Assert.InRange(await BytesAsync(plan), 200, 249);

        await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, entries));

        Assert.InRange(await BytesAsync(plan), 70, 149);
    }

    private async Task SealAsync(MinuteStamp minute, ServerState state)
    {
        var plan = Sample.Plan(Server, minute, Sample.East);
        await new OpenScript(Door).RunAsync(plan);
        var entry = Sample.Entry(Sample.East, state, state == ServerState.Unknown ? Why.HostBusy : Why.None);
        await RecordAsync(plan, entry);
        Assert.Equal(
            SealOutcome.Sealed,
            (await new SealScript(Door).RunAsync(MinuteRule.Judge(plan, [entry]))).Outcome
        );
    }

    private Task<RedisValue> HotAsync(string field) => Database.HashGetAsync(CollectorKeys.Hot(Server.Server), field);

    private Task<double?> LogAsync(MinutePlan plan) => SealedLog.PlaceAsync(Database, plan.Server.Server, plan.Minute);

    private async Task<int> BytesAsync(MinutePlan plan)
    {
        var fields = await Database.HashGetAllAsync(CollectorKeys.Minute(Server.Server, plan.Minute));
        return fields.Sum(field => ((byte[])field.Name!).Length + ((byte[])field.Value!).Length);
    }

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : SealScriptTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : SealScriptTests(servers.Real);
}
