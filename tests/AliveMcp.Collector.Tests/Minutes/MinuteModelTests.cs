using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

/// <summary>
/// Record, extend and seal against a model: whatever the order, the repetitions, the silence, the partitions, the doubts and the deaths between two
/// steps, a minute is sealed once, as the model says, and nobody ever sees its answer change.
/// </summary>
public abstract class MinuteModelTests : ScriptTests
{
    private readonly IReadOnlyList<RedisDoor> _doors;

    protected MinuteModelTests(IReadOnlyList<RedisDoor> doors)
        : base(doors)
    {
        _doors = doors;
    }

    [Fact]
    public async Task One_step_after_the_other_equals_the_model()
    {
        for (var seed = 0; seed < 80; seed++)
        {
            var server = Sample.NextServer();
            var story = new MinuteStory(seed, server, await NowAsync() + 1);
            await OpenAsync(story);
            var models = story.Plans.ToDictionary(plan => plan.Minute, plan => new MinuteModel(plan));
            var reader = new MinuteReader(Database, server.Server, story.Plans);

            await TellAsync(story, models, reader, new Random(seed));

            await AssertAsync(story, reader, seed, models);
        }
    }

    [Fact]
    public async Task All_at_once_everybody_gets_the_one_answer_that_its_entries_lead_to()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var server = Sample.NextServer();
            var story = new MinuteStory(1_000 + seed, server, await NowAsync() + 1);
            await OpenAsync(story);
            var random = new Random(seed);
            var reader = new MinuteReader(Database, server.Server, story.Plans);

            var told = story.Turns.Select(
                (turn, place) => TellAsync(_doors[place % _doors.Count], turn, AnyReach(random))
            );
            var all = Task.WhenAll(told.ToList());
            do
            {
                await reader.ReadAsync();
            } while (!all.IsCompleted);

            await AssertAsync(story, reader, seed, models: null);
            Assert.All(
                (await all).OfType<VerdictMinute>(),
                answer => Assert.Equal(Bytes(reader.Of(answer.Plan)), Bytes(answer))
            );
        }
    }

    private async Task OpenAsync(MinuteStory story)
    {
        foreach (var plan in story.Plans)
        {
            Assert.Equal(OpenAnswer.Opened, await new OpenScript(Door).RunAsync(plan));
        }
    }

    private async Task TellAsync(
        MinuteStory story,
        Dictionary<MinuteStamp, MinuteModel> models,
        MinuteReader reader,
        Random random
    )
    {
        var doubted = new HashSet<Region>();
        foreach (var turn in story.Turns)
        {
            var reach = AnyReach(random);
            await TellAsync(Door, turn, reach);
            if (turn.Doubted is { } region)
            {
                doubted.Add(region);
            }
            else if (turn.Entry is { } entry)
            {
                models[turn.Plan!.Minute].Deliver(entry, reach, doubted);
            }
            else
            {
                models[turn.Plan!.Minute].End(doubted);
            }

            await reader.ReadAsync();
        }
    }

    private static async Task<VerdictMinute?> TellAsync(RedisDoor door, MinuteTurnOfStory turn, Reach reach)
    {
        if (turn.Doubted is { } region)
        {
            await new TallyScript(door).RunAsync(region, default, TimeSpan.FromHours(1));
            return null;
        }

        var collector = new MortalCollector(door);
        return turn.Entry is { } entry
            ? await collector.DeliverAsync(turn.Plan!, entry, reach)
            : await collector.SweepAsync(turn.Plan!);
    }

    private async Task AssertAsync(
        MinuteStory story,
        MinuteReader reader,
        int seed,
        Dictionary<MinuteStamp, MinuteModel>? models
    )
    {
        await reader.ReadAsync();
        var log = await Database.SortedSetRangeByScoreAsync(CollectorKeys.Log(Shard.Of(story.Plans[0].Server.Server)));
        foreach (var plan in story.Plans)
        {
            var verdict = reader.Of(plan);
            Assert.Equal(MinuteRule.Judge(verdict.Plan, verdict.Entries).State, verdict.State);
            Assert.Single(
                log,
                member =>
                    LogEntry.TryRead((byte[])member!, out var entry)
                    && (entry.Server, entry.Minute) == (plan.Server.Server, plan.Minute)
            );
            if (models?[plan.Minute] is { } model)
            {
                Assert.Equal((seed, model.Answer), (seed, verdict.State));
                Assert.Equal(model.Regions, verdict.Plan.Regions);
                Assert.Equal(model.Words, verdict.Entries.Select(entry => (entry.Region, entry.State)));
            }
        }
    }

    private static Reach AnyReach(Random random) =>
        random.Next(5) switch
        {
            0 => Reach.Recorded,
            1 => Reach.Called,
            _ => Reach.Done,
        };

    private static string Bytes(VerdictMinute verdict) => Convert.ToHexString(VerdictCodec.Pack(verdict));

    public sealed class OnTheEmbeddedServer(ScriptServers servers) : MinuteModelTests(servers.Embedded);

    public sealed class OnRedis(ScriptServers servers) : MinuteModelTests(servers.Real);
}
