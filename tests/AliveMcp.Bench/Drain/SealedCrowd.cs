using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;
using StackExchange.Redis;

namespace AliveMcp.Bench.Drain;

/// <summary>Minutes of a great many servers as a collector leaves them: each shard's log in the order of sealing, each verdict in its hash.</summary>
internal sealed class SealedCrowd(RedisDoor redis, int servers)
{
    /// <summary>What all of them settled on.</summary>
    public const ulong Mark = 0x1234_5678_9abc_def0;

    private static readonly Region[] Regions = [Region.Of("ap-south"), Region.Of("eu-west"), Region.Of("us-east")];
    private readonly Dictionary<Shard, long> _sequences = [];

    public static ServerKey Key(int server) => new(TenantId.Local, new ServerId(server));

    /// <returns>The packed verdicts, in the order of their servers.</returns>
    public async Task<IReadOnlyList<VerdictMinute>> SealAsync(MinuteStamp minute)
    {
        var verdicts = Enumerable.Range(1, servers).Select(server => Verdict(Key(server), minute)).ToList();
        foreach (var shard in verdicts.GroupBy(verdict => Shard.Of(verdict.Server.Server)))
        {
            await SealAsync(shard.Key, [.. shard]);
        }

        return verdicts;
    }

    private async Task SealAsync(Shard shard, IReadOnlyList<VerdictMinute> verdicts)
    {
        var database = redis.Database;
        await database.StringSetAsync(HandoverKeys.Epoch(shard), "bench");
        var hashes = verdicts
            .Select(verdict =>
                (
                    Key: HandoverKeys.Minute(verdict.Server.Server, verdict.Minute),
                    Verdict: verdict,
                    Packed: VerdictCodec.Pack(verdict)
                )
            )
            .ToList();
        await Task.WhenAll(hashes.Select(hash => database.HashSetAsync(hash.Key, "sealed", hash.Packed)));
        await Task.WhenAll(hashes.Select(hash => database.KeyExpireAsync(hash.Key, TimeSpan.FromMinutes(5))));
        var first = _sequences.GetValueOrDefault(shard) + 1;
        await database.SortedSetAddAsync(
            HandoverKeys.Log(shard),
            [.. hashes.Select((hash, place) => new SortedSetEntry(Entry(hash.Verdict, hash.Packed), first + place))]
        );
        _sequences[shard] = first + verdicts.Count - 1;
        await database.StringSetAsync(HandoverKeys.Sequence(shard), _sequences[shard]);
    }

    private static byte[] Entry(VerdictMinute verdict, byte[] packed) =>
        new LogEntry
        {
            Server = verdict.Server.Server,
            Minute = verdict.Minute,
            Packed = packed,
        }.ToBytes();

    private static VerdictMinute Verdict(ServerKey server, MinuteStamp minute)
    {
        var plan = new MinutePlan
        {
            Server = server,
            Minute = minute,
            Regions = Regions,
            Weight = 1,
            Quorum = 2,
            Retention = RetentionClass.Days90,
            SettingsVersion = 1,
        };
        return new VerdictMinute
        {
            Plan = plan,
            State = ServerState.Live,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Entries =
            [
                .. Regions.Select((region, place) => Entry(region, (server.Server.Value * 37) + (place * 1_000))),
            ],
        };
    }

    private static RegionEntry Entry(Region region, int jitter)
    {
        var total = 101_200 + (jitter % 50_000);
        return new RegionEntry
        {
            Region = region,
            State = ServerState.Live,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Tries = 1,
            Phases = new PhaseTimes
            {
                Resolve = 1_200,
                Connect = 9_000,
                Tls = 21_000,
                Handshake = 40_000,
                Tools = 30_000,
                FirstByte = 19_000,
                Total = total,
            },
            FirstTryTotal = total,
            ContractMark = Mark,
        };
    }
}
