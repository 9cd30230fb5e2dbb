using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

/// <summary>
/// Record and seal against a model: whatever the order, the repetitions, the silence and the deaths between two steps, a minute is sealed once,
/// as the model says, and nobody ever sees its answer change.
/// </summary>
public abstract class MinuteModelTests : ScriptTests
{
    private static readonly Region[] Regions = [Sample.East, Sample.West, Sample.South, Sample.North, Sample.Local];
    private readonly IReadOnlyList<RedisDoor> _doors;

    protected MinuteModelTests(IReadOnlyList<RedisDoor> doors)
        : base(doors)
    {
        _doors = doors;
    }

    [Fact]
    public async Task One_step_after_the_other_equals_the_model()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var plan = await AnyPlanAsync(random);
            var model = new Model(plan);

            foreach (var entry in Deliveries(plan, random))
            {
                // A collector may die after it recorded: the seal is left to somebody else.
                var dies = random.Next(4) == 0;
                var answer = await RecordAsync(plan, entry);

                Assert.Equal(model.Record(entry), (answer.Outcome, answer.Complete is not null));
                if (answer.Complete is { } complete && !dies)
                {
                    model.Sealed(await SealAsync(Door, complete));
                }
            }

            model.Sealed(await SweepAsync(Door, plan));
            Assert.Equal(model.Answer!.State, (await SealedAsync(plan))!.State);
            Assert.Equal(1, await TimesInLogAsync(plan));
        }
    }

    [Fact]
    public async Task All_at_once_everybody_gets_the_one_answer_that_its_entries_lead_to()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(1_000 + seed);
            var plan = await AnyPlanAsync(random);
            var deliveries = Deliveries(plan, random);

            var answers = await Task.WhenAll(
                deliveries
                    .Select((entry, place) => DeliverAsync(_doors[place % _doors.Count], plan, entry))
                    .Append(SweepAsync(_doors[random.Next(_doors.Count)], plan))
            );

            var final = (await SealedAsync(plan))!;
            Assert.Equal(MinuteRule.Judge(plan, final.Entries).State, final.State);
            Assert.All(answers.OfType<VerdictMinute>(), answer => Assert.Equal(Bytes(final), Bytes(answer)));
            Assert.All(final.Entries, entry => Assert.Contains(entry, deliveries));
            Assert.Equal(1, await TimesInLogAsync(plan));
        }
    }

    private async Task<VerdictMinute?> DeliverAsync(RedisDoor door, MinutePlan plan, RegionEntry entry)
    {
        var answer = await new RecordScript(door).RunAsync(plan.Server.Server, plan.Minute, entry);
        return answer.Complete is { } complete ? await SealAsync(door, complete) : null;
    }

    /// <summary>As the sealer does, without its telling.</summary>
    private static async Task<VerdictMinute?> SealAsync(RedisDoor door, OpenMinute open)
    {
        while (true)
        {
            var answer = await new SealScript(door).RunAsync(MinuteRule.Judge(open.Plan, open.Entries));
            if (answer.Outcome != SealOutcome.EntriesChanged)
            {
                return answer.Verdict;
            }

            open = answer.Open!;
        }
    }

    private static async Task<VerdictMinute?> SweepAsync(RedisDoor door, MinutePlan plan) =>
        await new OpenMinuteReader(door).ReadAsync(plan.Server.Server, plan.Minute) is { } open
            ? await SealAsync(door, open)
            : null;

    private async Task<VerdictMinute?> SealedAsync(MinutePlan plan)
    {
        var packed = await Database.HashGetAsync(CollectorKeys.Minute(plan.Server.Server, plan.Minute), "sealed");
        return packed.IsNull ? null : VerdictCodec.Unpack((byte[])packed!);
    }

    private async Task<int> TimesInLogAsync(MinutePlan plan)
    {
        var log = await Database.SortedSetRangeByScoreAsync(CollectorKeys.Log(Shard.Of(plan.Server.Server)));
        return log.Count(member => member == HandoverKeys.Member(plan.Server.Server, plan.Minute));
    }

    private async Task<MinutePlan> AnyPlanAsync(Random random)
    {
        var regions = Regions.OrderBy(_ => random.Next()).Take(random.Next(1, 6)).ToArray();
        var plan = Sample.Plan(Sample.NextServer(), await NowAsync(), regions) with { Quorum = random.Next(1, 4) };
        Assert.Equal(OpenAnswer.Opened, await new OpenScript(Door).RunAsync(plan));
        return plan;
    }

    /// <summary>Some regions never speak, some speak twice and not the same, in any order.</summary>
    private static List<RegionEntry> Deliveries(MinutePlan plan, Random random) =>
        [
            .. plan
                .Regions.SelectMany(region => Enumerable.Range(0, random.Next(4)).Select(_ => AnyEntry(region, random)))
                .OrderBy(_ => random.Next()),
        ];

    private static RegionEntry AnyEntry(Region region, Random random) =>
        random.Next(5) switch
        {
            0 => Sample.Entry(region, ServerState.Unknown, Why.HostBusy),
            1 => Sample.Down(region, Why.Timeout),
            2 => Sample.LargeEntry(region),
            _ => Sample.UsualEntry(region),
        };

    private static string Bytes(VerdictMinute verdict) => Convert.ToHexString(VerdictCodec.Pack(verdict));

    /// <summary>What a minute is, without Redis.</summary>
    private sealed class Model(MinutePlan plan)
    {
        private readonly List<RegionEntry> _entries = [];

        public VerdictMinute? Answer { get; private set; }

        public (RecordOutcome Outcome, bool IsComplete) Record(RegionEntry entry)
        {
            var spoke = _entries.Exists(known => known.Region == entry.Region);
            if (Answer is not null)
            {
                return (spoke ? RecordOutcome.Again : RecordOutcome.Late, false);
            }

            if (!spoke)
            {
                _entries.Add(entry);
            }

            return (spoke ? RecordOutcome.Again : RecordOutcome.Recorded, _entries.Count == plan.Regions.Count);
        }

        public void Sealed(VerdictMinute? told)
        {
            Answer ??= MinuteRule.Judge(plan, _entries);
            if (told is not null)
            {
                Assert.Equal(Bytes(Answer), Bytes(told));
            }
        }
    }

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : MinuteModelTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : MinuteModelTests(servers.Real);
}
