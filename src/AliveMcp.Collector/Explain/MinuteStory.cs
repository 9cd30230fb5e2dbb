using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Explain;

/// <summary>How a minute went on its way from plan to seal, as far as Redis still knows.</summary>
public sealed record MinuteStory
{
    /// <summary>The rules it is judged by.</summary>
    public required MinutePlan Plan { get; init; }

    /// <summary>Regions whose ticket still waits in the queue, with its start.</summary>
    public IReadOnlyList<WaitingTicket> Waiting { get; init; } = [];

    /// <summary>What was said so far; empty once sealed, the verdict then holds the entries.</summary>
    public IReadOnlyList<RegionEntry> Entries { get; init; } = [];

    /// <summary>When the sweep seals it at the latest; null once sealed.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The one answer; null while open.</summary>
    public VerdictMinute? Verdict { get; init; }

    /// <summary>What a probe saw, kept when a reason was new or a result late.</summary>
    public IReadOnlyList<EvidenceLine> Evidence { get; init; } = [];

    /// <summary>Until when the server asked us to stay away, as things stand now; null: it does not.</summary>
    public DateTimeOffset? StaysAwayUntil { get; init; }

    /// <summary>The same as lines of plain text.</summary>
    public IReadOnlyList<string> Lines => MinuteStoryText.Of(this);

    /// <summary>The regions that are planned and have not spoken, in the plan's order.</summary>
    internal IEnumerable<Region> Silent =>
        Plan.Regions.Where(region => (Verdict?.Entries ?? Entries).All(entry => entry.Region != region));
}
