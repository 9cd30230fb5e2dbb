using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Minutes;

/// <summary>Builds verdict-minutes in a line.</summary>
public static class Verdicts
{
    private static readonly Region[] OneRegion = [Region.Of("local")];

    /// <summary>A server of the install's own tenant.</summary>
    public static ServerKey Local(int server) => new(TenantId.Local, new ServerId(server));

    /// <summary>One region looked and all was well.</summary>
    public static VerdictMinute Live(ServerKey server, MinuteStamp minute, int weight = 1, int latencyMs = 20) =>
        Of(server, minute, ServerState.Live, weight: weight, latencyMs: latencyMs);

    /// <summary>One region looked and nothing listened.</summary>
    public static VerdictMinute Down(ServerKey server, MinuteStamp minute, int weight = 1) =>
        Of(server, minute, ServerState.Down, Why.ConnectionRefused, weight);

    /// <summary>Nobody looked.</summary>
    public static VerdictMinute Unknown(ServerKey server, MinuteStamp minute, int weight = 1) =>
        Of(server, minute, ServerState.Unknown, Why.NobodyLooked, weight);

    /// <summary>A minute whose one region says what the minute says.</summary>
    public static VerdictMinute Of(
        ServerKey server,
        MinuteStamp minute,
        ServerState state,
        Why why = Why.None,
        int weight = 1,
        int latencyMs = 20
    )
    {
        var saw = state is ServerState.Live or ServerState.Degraded;
        var entry = new RegionEntry
        {
            Region = OneRegion[0],
            State = state,
            Why = why,
            FailedAt = state == ServerState.Down ? ProbeStep.Connect : null,
            Access = saw ? Access.Open : Access.Unknown,
            VerifiedTo = saw ? VerifiedTo.Tools : VerifiedTo.Nothing,
            Tries = 1,
            FirstTryFailed = state is ServerState.Degraded or ServerState.Down,
            Phases = saw ? new PhaseTimes { Total = latencyMs * 1000 } : null,
            FirstTryTotal = saw ? latencyMs * 1000 : null,
            ContractMark = saw ? 1UL : null,
        };
        return new VerdictMinute
        {
            Plan = Plan(server, minute, OneRegion, weight),
            State = state,
            Why = why,
            FailedAt = entry.FailedAt,
            Access = entry.Access,
            VerifiedTo = entry.VerifiedTo,
            Entries = state == ServerState.Unknown ? [] : [entry],
        };
    }

    /// <summary>A plan for some regions.</summary>
    public static MinutePlan Plan(
        ServerKey server,
        MinuteStamp minute,
        IReadOnlyList<Region> regions,
        int weight = 1
    ) =>
        new()
        {
            Server = server,
            Minute = minute,
            Regions = regions,
            Weight = weight,
            Quorum = Math.Min(2, regions.Count),
            Retention = RetentionClass.Days90,
            SettingsVersion = 1,
        };
}
