using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Tests.Handover;

internal static class Verdicts
{
    public static readonly Region East = Region.Of("us-east");
    public static readonly Region West = Region.Of("eu-west");

    public static MinutePlan Plan { get; } =
        new()
        {
            Server = new ServerKey(TenantId.Local, new ServerId(300)),
            Minute = new MinuteStamp(29_920_854),
            Regions = [East, West],
            Weight = 5,
            Quorum = 2,
            Maintenance = true,
            Retention = RetentionClass.Days90,
            SettingsVersion = 130,
        };

    public static RegionEntry Live { get; } =
        new()
        {
            Region = East,
            State = ServerState.Live,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Tries = 1,
            Phases = new PhaseTimes
            {
                Resolve = 1,
                Connect = 127,
                Tls = 128,
                Handshake = 16_384,
                Tools = 300,
                FirstByte = 2,
                Total = 20_000,
            },
            FirstTryTotal = 20_000,
            ContractMark = 0x0102_0304_0506_0708,
        };

    public static RegionEntry Down { get; } =
        new()
        {
            Region = West,
            State = ServerState.Down,
            Why = Why.HttpError,
            FailedAt = ProbeStep.Initialize,
            Tries = 2,
            FirstTryFailed = true,
        };

    public static VerdictMinute Verdict { get; } =
        new()
        {
            Plan = Plan,
            State = ServerState.Degraded,
            Why = Why.Regional,
            FailedAt = ProbeStep.Initialize,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Entries = [Live, Down],
        };
}
