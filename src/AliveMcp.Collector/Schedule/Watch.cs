using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Schedule;

/// <summary>A watched server as one round of planning sees it: what its owner chose, and what itself and its host make of that. Pure.</summary>
internal sealed record Watch
{
    /// <summary>Of a server that keeps our sessions: with one look by one region in five minutes it gets fewer than 300 a day.</summary>
    private const int KeptSessionsCadence = 5;

    /// <summary>An unclaimed listing.</summary>
    private const int ListingCadence = 5;

    public required WatchedServer Server { get; init; }

    /// <summary>The cadence in minutes: the owner's, or a longer one.</summary>
    public required int Weight { get; init; }

    /// <summary>Why it is longer.</summary>
    public Slowed Slowed { get; init; }

    /// <summary>No look starts before this; null: whenever it is its turn.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Each look opens a session.</summary>
    public bool IssuesSessions { get; init; }

    /// <summary>Whose place in the minute it has, and whose turns: its own, or that of the twin that is looked at for both.</summary>
    public required ServerId Place { get; init; }

    /// <summary>It is looked at together with others, from its own place or from that of one of them.</summary>
    public bool IsShared { get; init; }

    /// <summary>What is remembered of it.</summary>
    public PlanFacts Facts { get; init; }

    public ServerKey Key => Server.Key;

    /// <param name="server">What its owner chose.</param>
    /// <param name="facts">What is remembered of it.</param>
    /// <param name="widened">How many times too many looks its host would get; 1 when it can bear them.</param>
    public static Watch Of(WatchedServer server, PlanFacts facts, int widened = 1)
    {
        var weight = server.Listing ? Math.Max(server.Weight, ListingCadence) : server.Weight;
        var slowed = Slowed.None;
        Widen(Slowed.HostCrowded, widened > 1 ? Cadences.AtLeast((double)weight * widened) : weight);
        Widen(Slowed.SessionsStay, facts.DeleteRefused ? KeptSessionsCadence : weight);
        Widen(Slowed.Asked, facts.BackoffUntil is null ? weight : Cadences.AtLeast(facts.BackoffMinutes));
        return new Watch
        {
            Server = server,
            Weight = weight,
            Slowed = slowed,
            NotBefore = facts.BackoffUntil,
            IssuesSessions = facts.IssuesSessions,
            Facts = facts,
            Place = server.Key.Server,
        };

        void Widen(Slowed why, int cadence)
        {
            if (cadence > weight)
            {
                (weight, slowed) = (cadence, why);
            }
        }
    }
}
