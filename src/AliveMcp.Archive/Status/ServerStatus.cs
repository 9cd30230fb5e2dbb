using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Status;

/// <summary>The status of one server as every page, badge, embed and API answer tells it. Made by <see cref="StatusQueries"/> and nowhere else.</summary>
public sealed partial record ServerStatus
{
    /// <summary>The state to show.</summary>
    public required ServerState State { get; init; }

    /// <summary>Why the state is what it is; none when live.</summary>
    public Why Why { get; init; }

    /// <summary>The step that gave the reason; null when none failed.</summary>
    public ProbeStep? FailedAt { get; init; }

    /// <summary>How the door answers a stranger.</summary>
    public Access Access { get; init; }

    /// <summary>How deep the deepest region saw.</summary>
    public VerifiedTo VerifiedTo { get; init; }

    /// <summary>Two planned minutes in a row say that some regions cannot reach it while others can.</summary>
    public bool Regional { get; init; }

    /// <summary>One minute alone says regional: a note, not yet a finding.</summary>
    public bool Blip { get; init; }

    /// <summary>The state is the last known; newer minutes are unknown or missing.</summary>
    public bool Held { get; init; }

    /// <summary>The minute that the state comes from; null when there is none.</summary>
    public MinuteStamp? Minute { get; init; }

    /// <summary>The newest sealed minute, whatever it says; null when none was ever sealed.</summary>
    public MinuteStamp? LastMinute { get; init; }

    /// <summary>Set when the state is unknown although it was known once: the last minute that was known.</summary>
    public MinuteStamp? NotVerifiedSince { get; init; }

    /// <summary>The first minute of the unbroken run of this state; null when it began before what is looked at (24 closed hours), or the state is unknown.</summary>
    public MinuteStamp? Since { get; init; }

    /// <summary>A row for every planned region of <see cref="Minute"/>, in the plan's order.</summary>
    public IReadOnlyList<RegionStatus> Regions { get; init; } = [];

    /// <summary>Percent over 24 closed hours and the open one, 0 to 100, two decimals rounded down; null without a counted minute.</summary>
    public decimal? Uptime24h { get; init; }

    /// <summary>Percent over 30 closed UTC days and the open one, 0 to 100, two decimals rounded down; null without a counted minute.</summary>
    public decimal? Uptime30d { get; init; }

    /// <summary>Percent of the watched minutes of those 30 days, planned maintenance aside, whose state is known; null when it was not watched.</summary>
    public decimal? Coverage30d { get; init; }

    /// <summary>95th percentile of the first tries of 24 closed hours and the open one, whole milliseconds, error at most 7 %; null without a try.</summary>
    public int? P95Ms { get; init; }

    /// <summary>A change of the contract, of more than its words, was declared of 24 closed hours and the open one.</summary>
    public bool DriftInLast24h { get; init; }

    /// <summary>The newest minute lies in planned maintenance.</summary>
    public bool Maintenance { get; init; }

    /// <summary>Why it is looked at less often than its owner chose.</summary>
    public Slowed Slowed { get; init; }

    /// <summary>Minutes between two looks, as of the newest minute; 0 when none was ever sealed.</summary>
    public int Cadence { get; init; }

    /// <summary>Looks of all regions in a day at this cadence, without confirmations: where regions look by turn, one in each planned minute. 0 when none was ever sealed.</summary>
    public int LooksADay { get; init; }

    /// <summary>The server asked us not to look before this, which is still to come; null: it did not.</summary>
    public DateTimeOffset? BackoffUntil { get; init; }

    /// <summary>Changes when anything here changes: an ingredient of an ETag. 32 hex digits.</summary>
    public string Version { get; init; } = "";
}
