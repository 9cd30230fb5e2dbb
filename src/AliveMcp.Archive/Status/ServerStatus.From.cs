using System.Security.Cryptography;
using System.Text;
using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Status;

public sealed partial record ServerStatus
{
    /// <summary>A state is held at least this long after its minute.</summary>
    private static readonly TimeSpan HeldAtLeast = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The one function that gives a status. 1. The state is that of the last known minute, for as long as it may be held.
    /// 2. Then it is unknown, not verified since that minute. 3. Figures come from the archive alone.
    /// </summary>
    /// <param name="hot">The newest sealed minutes.</param>
    /// <param name="rollups">The past.</param>
    /// <param name="now">The moment of asking.</param>
    internal static ServerStatus From(Hot hot, StatusRollups rollups, DateTimeOffset now)
    {
        var shown = hot.LastKnown is { } known && IsHeld(known, now) ? known : null;
        var status = (shown is null ? Unverified(hot) : Verified(hot, shown, rollups, now)) with
        {
            LastMinute = hot.Last?.Minute,
            Maintenance = hot.Last?.Plan.Maintenance ?? false,
            Slowed = hot.Last?.Plan.Slowed ?? Slowed.None,
            Cadence = hot.Last?.Plan.Weight ?? 0,
            LooksADay = LooksADayOf(hot.Last?.Plan),
            BackoffUntil = hot.BackoffUntil > now ? hot.BackoffUntil : null,
            Uptime24h = rollups.Last24h.Uptime,
            Uptime30d = rollups.Last30d.Uptime,
            Coverage30d = Coverage(rollups),
            P95Ms = rollups.Latency.Percentile(0.95),
            DriftInLast24h = rollups.HasDrifted,
        };
        return status with { Version = VersionOf(status) };
    }

    /// <summary>How long after its minute a state is shown while nothing newer is known.</summary>
    internal static TimeSpan HoldsFor(int weight)
    {
        var twoTurns = TimeSpan.FromMinutes((2 * weight) + 3);
        return twoTurns > HeldAtLeast ? twoTurns : HeldAtLeast;
    }

    /// <summary>Of a rotation the plan names more regions while a failure is being confirmed: that is not how it is watched.</summary>
    private static int LooksADayOf(MinutePlan? plan) =>
        plan is null ? 0 : 24 * 60 / plan.Weight * (plan.Rotating ? 1 : plan.Regions.Count);

    private static bool IsHeld(VerdictMinute known, DateTimeOffset now) =>
        now <= (known.Minute + 1).Start + HoldsFor(known.Plan.Weight);

    private static ServerStatus Verified(Hot hot, VerdictMinute shown, StatusRollups rollups, DateTimeOffset now)
    {
        var regional = IsRegional(hot, shown);
        return new ServerStatus
        {
            State = shown.State,
            Why = shown.Why,
            FailedAt = shown.FailedAt,
            Access = shown.Access,
            VerifiedTo = shown.VerifiedTo,
            Regional = regional,
            Blip = shown.Why == Why.Regional && !regional,
            Held = hot.Last?.Minute > shown.Minute || HourClock.NewestSealed(now) >= shown.Minute + shown.Plan.Weight,
            Minute = shown.Minute,
            Since = RunBegan(shown, hot, rollups),
            Regions = RegionsOf(shown),
        };
    }

    /// <summary>Nothing known is young enough. What the newest minute says of why we do not know is said.</summary>
    private static ServerStatus Unverified(Hot hot)
    {
        var told = hot.Last is { State: ServerState.Unknown } last ? last : null;
        return new ServerStatus
        {
            State = ServerState.Unknown,
            Why = told?.Why ?? Why.NobodyLooked,
            FailedAt = told?.FailedAt,
            Minute = told?.Minute,
            NotVerifiedSince = hot.LastKnown?.Minute,
            Regions = told is null ? [] : RegionsOf(told),
        };
    }

    /// <summary>Two planned minutes in a row; one alone is a blip.</summary>
    private static bool IsRegional(Hot hot, VerdictMinute shown) =>
        shown.Why == Why.Regional
        && hot.Last?.Minute == shown.Minute
        && hot.Previous is { Why: Why.Regional } before
        && before.Minute + before.Plan.Weight == shown.Minute;

    private static IReadOnlyList<RegionStatus> RegionsOf(VerdictMinute verdict) =>
        [
            .. verdict.Plan.Regions.Select(region =>
                Of(region, verdict.Entries.FirstOrDefault(entry => entry.Region == region))
            ),
        ];

    private static RegionStatus Of(Region region, RegionEntry? entry) =>
        entry is null
            ? new RegionStatus(region, ServerState.Unknown, Why.NobodyLooked, null, Access.Unknown, null)
            : new RegionStatus(
                region,
                entry.State,
                entry.Why,
                entry.FailedAt,
                entry.Access,
                entry.Phases is { Total: > 0 } phases ? KeptMinute.Milliseconds(phases.Total) : null
            );

    /// <summary>Back from the shown minute over all that are of its state; unknown ones neither belong to the run nor break it.</summary>
    private static MinuteStamp? RunBegan(VerdictMinute shown, Hot hot, StatusRollups rollups)
    {
        var atHand = new[] { hot.Previous, hot.Last }.OfType<VerdictMinute>().Select(KeptMinute.Of);
        var known = rollups
            .Recent.Concat(atHand)
            .Where(minute => minute.State != ServerState.Unknown && minute.Minute < shown.Minute)
            .DistinctBy(minute => minute.Minute)
            .OrderByDescending(minute => minute.Minute);
        var began = shown.Minute;
        foreach (var minute in known)
        {
            if (minute.State != shown.State)
            {
                return began;
            }

            began = minute.Minute;
        }

        // The run reaches as far back as we looked: its beginning is known only if there was nothing before.
        return rollups.WatchedFrom >= rollups.RecentFrom ? began : null;
    }

    private static decimal? Coverage(StatusRollups rollups)
    {
        var wanted = rollups.Expected30d - (rollups.Last30d.Maintenance - rollups.Early.Maintenance);
        return StateWeights.Percent(Math.Max(0, rollups.Last30d.Counted - rollups.Early.Counted), wanted);
    }

    private static string VersionOf(ServerStatus status)
    {
        var regions = string.Join('|', status.Regions);
        var text = $"{status with { Version = "", Regions = [] }}{regions}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
