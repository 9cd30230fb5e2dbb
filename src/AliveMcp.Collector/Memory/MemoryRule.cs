using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Memory;

/// <summary>What is learnt from a report. Pure; gives the same object back when nothing is new, so that only changes are written.</summary>
internal static class MemoryRule
{
    private const int TextLength = 120;
    private static readonly TimeSpan EraLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan OtherLegLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan OwnerRest = TimeSpan.FromMinutes(55);
    private static readonly TimeSpan EvidenceRest = TimeSpan.FromMinutes(15);

    /// <summary>Whether what a probe saw is worth keeping: the reason is new for the region, or its last evidence is old.</summary>
    public static bool WantsEvidence(ServerMemory memory, RegionEntry entry, DateTimeOffset now)
    {
        var last = memory.Regions.GetValueOrDefault(entry.Region.Name, RegionMemory.Empty);
        return entry.Why != Why.None
            && (entry.Why != last.Why || last.EvidenceAt is not { } kept || now - kept >= EvidenceRest);
    }

    public static ServerMemory Learn(ServerMemory memory, RegionEntry entry, Observed observed, DateTimeOffset now)
    {
        var learnt = BackoffRule.Learn(LearnRegion(memory, entry, observed, now), entry, observed, now);
        learnt = observed.OwnerWish == OwnerWish.NotAsked ? learnt : learnt with { OwnerAskedAt = now };
        var reach = ReachRule.Learn(memory.Reach, entry, observed, now);
        learnt = ReferenceEquals(reach, memory.Reach) ? learnt : learnt with { Reach = reach };

        // A server that is down or could not be looked at teaches nothing about itself: an empty list would unlearn its tools.
        return entry.State is ServerState.Live or ServerState.Degraded
            ? LearnServer(learnt, memory, entry, observed, now)
            : learnt;
    }

    /// <summary>The first answer that all regions agree on is what an owner who said nothing expects.</summary>
    public static ServerMemory Learn(ServerMemory memory, VerdictMinute verdict) =>
        memory.ExpectedAccess == Access.Unknown
        && verdict.State is ServerState.Live or ServerState.Degraded
        && verdict.Access is Access.Open or Access.Protected
        && verdict.Entries.All(entry => entry.Access == verdict.Access)
            ? memory with
            {
                ExpectedAccess = verdict.Access,
            }
            : memory;

    /// <summary>The era is tested again once a day, and when the remembered one fails.</summary>
    public static bool TrustsEra(ServerMemory memory, Region region, DateTimeOffset now) =>
        memory.EraTestedAt is { } tested
        && now - tested < EraLife
        && !MayBeTheEra(memory.Regions.GetValueOrDefault(region.Name, RegionMemory.Empty).Why);

    /// <summary>What to expect of the other era: that it answers, while it did so within a day; after that it has been given up.</summary>
    public static bool ExpectsOtherLeg(ServerMemory memory, DateTimeOffset now) =>
        memory.OtherLegAt is { } answered && now - answered < OtherLegLife;

    /// <summary>A wish is honoured within an hour, so an unclaimed listing's origin is asked about once in one.</summary>
    public static bool AsksOwner(ServerMemory memory, DateTimeOffset now) =>
        memory.OwnerAskedAt is not { } asked || now - asked >= OwnerRest;

    // Servers that moved to the other era answer the old one as they please: by refusing, by silence, by hanging up.
    // That the leg we did not come in by is broken says nothing against the one that we did.
    private static bool MayBeTheEra(Why why) =>
        why is Why.Timeout or Why.ConnectionReset
        || (
            why != Why.EraBroken
            && WhyWords.LayerOf(why, null) is FailureLayer.Http or FailureLayer.Rpc or FailureLayer.Handshake
        );

    private static ServerMemory LearnRegion(
        ServerMemory memory,
        RegionEntry entry,
        Observed observed,
        DateTimeOffset now
    )
    {
        var before = memory.Regions.GetValueOrDefault(entry.Region.Name, RegionMemory.Empty);
        var after = new RegionMemory(
            entry.Why,
            WantsEvidence(memory, entry, now) ? now : before.EvidenceAt,
            Hash(observed.FullHash) ?? before.FullHash
        );
        return after == before ? memory : memory with { Regions = memory.Regions.SetItem(entry.Region.Name, after) };
    }

    private static ServerMemory LearnServer(
        ServerMemory learnt,
        ServerMemory memory,
        RegionEntry entry,
        Observed observed,
        DateTimeOffset now
    )
    {
        var region = entry.Region;
        var next = LearnContract(learnt, memory, region, observed);
        if (observed.Era != Era.Auto)
        {
            var tested = observed.Era != memory.Era || !TrustsEra(memory, region, now) ? now : memory.EraTestedAt;
            next = next with { Era = observed.Era, Transport = observed.Transport, EraTestedAt = tested };
        }

        next = next with
        {
            IssuesSessions = observed.IssuesSessions,
            DeleteRefused = observed.DeleteRefused,
            OtherLegAt = observed.OtherLegAnswers == true ? now : memory.OtherLegAt,
            ProtocolVersion = Text(observed.ProtocolVersion) ?? memory.ProtocolVersion,
            ServerName = Text(observed.ServerName) ?? memory.ServerName,
            ServerVersion = Text(observed.ServerVersion) ?? memory.ServerVersion,
        };
        if (entry.Tries == 1)
        {
            next = LearnCost(next, observed);
        }

        return next == learnt ? learnt : next;
    }

    /// <summary>What one look costs the server. Only an ordinary one counts; small differences are not worth a write.</summary>
    private static ServerMemory LearnCost(ServerMemory memory, Observed observed)
    {
        var isOrdinary = observed is { Requests: > 0, OtherLegAnswers: null, Gate: Access.Unknown };
        var isKnown =
            memory.LookRequests == observed.Requests
            && memory.LookBytes is { } bytes
            && Math.Abs(observed.Bytes - bytes) <= bytes / 8;
        return !isOrdinary || isKnown
            ? memory
            : memory with
            {
                LookRequests = observed.Requests,
                LookBytes = observed.Bytes,
            };
    }

    /// <summary>The newest change of any region stands; regions that go on disagreeing do not turn it to and fro.</summary>
    private static ServerMemory LearnContract(
        ServerMemory learnt,
        ServerMemory memory,
        Region region,
        Observed observed
    )
    {
        if (Hash(observed.FullHash) is not { } full || Hash(observed.ContractHash) is not { } contract)
        {
            return learnt;
        }

        var ofRegion = memory.Regions.GetValueOrDefault(region.Name, RegionMemory.Empty).FullHash;
        return full == memory.FullHash || (full == ofRegion && memory.FullHash is not null)
            ? learnt
            : learnt with
            {
                ContractHash = contract,
                FullHash = full,
                ToolCount = observed.ToolCount,
                ListBytes = observed.ListBytes,
            };
    }

    private static string? Hash(string? hash) => RegionEntry.MarkOf(hash) is null ? null : hash;

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : SafeText.Of(text, TextLength);
}
