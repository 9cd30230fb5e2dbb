using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Tests.Minutes;

/// <summary>What a minute is, without Redis and without the code under test: who is asked, who spoke, and the word that stands.</summary>
internal sealed class MinuteModel(MinutePlan plan)
{
    private readonly List<Region> _regions = [.. plan.Regions];
    private readonly Dictionary<Region, RegionEntry> _entries = [];

    public ServerState? Answer { get; private set; }

    public IReadOnlyList<Region> Regions => _regions;

    /// <summary>The regions whose word stands in the verdict, as it was said or as it was believed.</summary>
    public IReadOnlyList<(Region Region, ServerState State)> Words { get; private set; } = [];

    /// <summary>A region speaks, to a collector that may die.</summary>
    public void Deliver(RegionEntry entry, Reach reach, IReadOnlySet<Region> doubted)
    {
        if (Answer is not null || !_regions.Contains(entry.Region))
        {
            return;
        }

        _entries.TryAdd(entry.Region, entry);
        var isComplete = _entries.Count == _regions.Count;
        if (reach == Reach.Recorded || !isComplete || _entries.Values.Any(said => said.Fails && IsIn(said, doubted)))
        {
            return;
        }

        if (plan.Rotating && _regions.Count == 1 && _entries.Values.Single().Fails && plan.Reserve.Count > 0)
        {
            _regions.AddRange(plan.Reserve);
            return;
        }

        if (reach == Reach.Done)
        {
            End(doubted);
        }
    }

    /// <summary>The deadline is over, or everybody spoke.</summary>
    public void End(IReadOnlySet<Region> doubted)
    {
        if (Answer is not null)
        {
            return;
        }

        var words = _regions
            .Where(_entries.ContainsKey)
            .Select(region => _entries[region])
            .Select(said => said.Fails && IsIn(said, doubted) ? said with { State = ServerState.Unknown } : said)
            .ToList();
        Words = [.. words.Select(said => (said.Region, said.State))];
        Answer = Judge([.. words.Where(said => said.State != ServerState.Unknown)]);
    }

    private static bool IsIn(RegionEntry entry, IReadOnlySet<Region> regions) => regions.Contains(entry.Region);

    private ServerState Judge(List<RegionEntry> seen)
    {
        var (planned, down) = (_regions.Count, seen.Count(entry => entry.State == ServerState.Down));
        var quorum = planned >= 2 ? Math.Min(plan.Quorum, planned) : plan.Quorum;
        return seen.Count == 0 ? ServerState.Unknown
            : planned == 1 && down == 1 ? (plan.Rotating ? ServerState.Degraded : ServerState.Down)
            : down >= Math.Max(quorum, 1) ? ServerState.Down
            : down > 0 || seen.Exists(entry => entry.State == ServerState.Degraded) ? ServerState.Degraded
            : ServerState.Live;
    }
}

/// <summary>How far a collector comes before it dies.</summary>
internal enum Reach
{
    Recorded,

    /// <summary>It has called a confirmation round, and nothing is queued or sealed.</summary>
    Called,
    Done,
}
