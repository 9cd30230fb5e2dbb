using AliveMcp.Collector.Fleet;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Schedule;

/// <summary>What one round of planning goes by. Hands out the slots of its first looks, so that many at once are spread.</summary>
/// <param name="now">On the path's one clock.</param>
/// <param name="regions">The regions with a live prober that are everybody's, by name.</param>
/// <param name="wereAway">No scheduler planned anything for so long that minutes were missed.</param>
internal sealed class PlanRound(DateTimeOffset now, IReadOnlyList<Region> regions, bool wereAway)
{
    /// <summary>First looks begin at most 200 a second.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<ServerId, DateTimeOffset> _shared = [];

    private int _slots;

    public DateTimeOffset Now { get; } = now;

    public IReadOnlyList<Region> Regions { get; } = regions;

    /// <summary>The regions with a live prober that belong to one tenant, by name.</summary>
    public IReadOnlyList<WatchRegion> Private { get; init; } = [];

    public bool WereAway { get; } = wereAway;

    /// <summary>Confirmation rounds that no live minute has ended yet: who looks until then.</summary>
    public IReadOnlyDictionary<ServerId, IReadOnlyList<Region>> Rounds { get; init; } =
        new Dictionary<ServerId, IReadOnlyList<Region>>();

    public static PlanRound Of(
        DateTimeOffset now,
        IReadOnlyList<WatchRegion> live,
        bool wereAway,
        IReadOnlyDictionary<ServerId, IReadOnlyList<Region>>? rounds = null
    ) =>
        new(now, [.. live.Where(row => row.Tenant is null).Select(row => row.Region)], wereAway)
        {
            Private = [.. live.Where(row => row.Tenant is not null)],
            Rounds = rounds ?? new Dictionary<ServerId, IReadOnlyList<Region>>(),
        };

    /// <summary>
    /// From where a server is looked at, by name: every region that is everybody's, or those that its owner chose of them and of his own.
    /// </summary>
    public IReadOnlyList<Region> RegionsOf(WatchedServer server) =>
        server.Regions.Count == 0
            ? Regions
            :
            [
                .. Regions
                    .Concat(PrivateOf(server))
                    .Where(server.Regions.Contains)
                    .OrderBy(region => region.Name, StringComparer.Ordinal),
            ];

    /// <summary>What is seen from inside a tenant's own network is probed apart from everybody else's servers.</summary>
    public Lane LaneOf(WatchedServer server) =>
        server.Regions.Count > 0 && PrivateOf(server).Any(server.Regions.Contains) ? Lane.Isolated : server.Lane;

    /// <summary>The next slot; one for all that are looked at together.</summary>
    public DateTimeOffset NextSlot(Watch watch)
    {
        if (_shared.TryGetValue(watch.Place, out var taken))
        {
            return taken;
        }

        var slot = Now + (Step * _slots++);
        if (watch.IsShared)
        {
            _shared[watch.Place] = slot;
        }

        return slot;
    }

    private IEnumerable<Region> PrivateOf(WatchedServer server) =>
        Private.Where(row => row.Tenant == server.Key.Tenant).Select(row => row.Region);
}
