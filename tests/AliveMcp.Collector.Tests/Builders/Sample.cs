using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Builders;

/// <summary>Plans, entries and attempts with nothing in them but what a test is about.</summary>
internal static class Sample
{
    public static readonly Region East = Region.Of("us-east");
    public static readonly Region West = Region.Of("eu-west");
    public static readonly Region South = Region.Of("ap-south");
    public static readonly Region North = Region.Of("eu-north");
    public static readonly Region Local = Region.Of("local");

    private static int _servers = 100_000;

    /// <summary>Nobody else's: tests share servers of Redis, never a server of ours.</summary>
    public static ServerKey NextServer() => new(TenantId.Local, new ServerId(Interlocked.Increment(ref _servers)));

    public static MinutePlan Plan(ServerKey server, MinuteStamp minute, params Region[] regions) =>
        new()
        {
            Server = server,
            Minute = minute,
            Regions = regions,
            Weight = 1,
            Quorum = Math.Min(2, regions.Length),
            Retention = RetentionClass.Days90,
            SettingsVersion = 3,
        };

    public static MinutePlan Plan(params Region[] regions) =>
        Plan(new ServerKey(TenantId.Local, new ServerId(7)), new MinuteStamp(29_000_000), regions);

    public static RegionEntry Entry(Region region, ServerState state = ServerState.Live, Why why = Why.None) =>
        new()
        {
            Region = region,
            State = state,
            Why = why,
            Access = state == ServerState.Live ? Access.Open : Access.Unknown,
            VerifiedTo = state == ServerState.Live ? VerifiedTo.Tools : VerifiedTo.Nothing,
            Tries = 1,
            FirstTryFailed = state != ServerState.Live,
        };

    public static RegionEntry Down(Region region, Why why = Why.ConnectionRefused) =>
        Entry(region, ServerState.Down, why) with
        {
            FailedAt = ProbeStep.Connect,
        };

    /// <summary>A live entry from another continent.</summary>
    public static RegionEntry UsualEntry(Region region) =>
        new()
        {
            Region = region,
            State = ServerState.Live,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Tries = 1,
            Phases = new PhaseTimes
            {
                Resolve = 24_000,
                Connect = 85_000,
                Tls = 172_000,
                Handshake = 190_000,
                Tools = 130_000,
                FirstByte = 95_000,
                Total = 601_000,
            },
            FirstTryTotal = 601_000,
            ContractMark = 0x8877_6655_4433_2211,
        };

    /// <summary>As large as an entry gets.</summary>
    public static RegionEntry LargeEntry(Region region) =>
        new()
        {
            Region = region,
            State = ServerState.Degraded,
            Why = Why.Slow,
            FailedAt = ProbeStep.ToolsList,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.TestCall,
            Tries = 2,
            FirstTryFailed = true,
            Phases = new PhaseTimes
            {
                Resolve = 120_000,
                Connect = 180_000,
                Tls = 260_000,
                Handshake = 6_500_000,
                Tools = 7_500_000,
                FirstByte = 1_900_000,
                Total = 14_900_000,
            },
            FirstTryTotal = 14_800_000,
            ContractMark = ulong.MaxValue,
        };

    public static ProbeAttempt Attempt(ServerState state, Why why = Why.None) =>
        new()
        {
            State = state,
            Why = why,
            Phases = new PhaseTimes { Total = 12_000 },
        };
}
