using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.StatusPages.Tests.Sites;

/// <summary>Sealed minutes, live unless told otherwise.</summary>
internal static class Verdicts
{
    public static VerdictMinute Of(
        ListedServer server,
        ServerState state = ServerState.Live,
        Why why = Why.None,
        Access access = Access.Open,
        MinuteStamp? minute = null
    )
    {
        var region = Region.Of("local");
        return new VerdictMinute
        {
            Plan = new MinutePlan
            {
                Server = server.Key,
                Minute = minute ?? Site.Newest,
                Regions = [region],
                Weight = 1,
                Quorum = 1,
                Retention = RetentionClass.Days90,
                SettingsVersion = 1,
            },
            State = state,
            Why = why,
            Access = access,
            VerifiedTo = access == Access.Protected ? VerifiedTo.Gate : VerifiedTo.Tools,
            Entries =
            [
                new RegionEntry
                {
                    Region = region,
                    State = state,
                    Why = why,
                    Access = access,
                    Tries = 1,
                    Phases = new PhaseTimes { Total = 42_000 },
                },
            ],
        };
    }
}
