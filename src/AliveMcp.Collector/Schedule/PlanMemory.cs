using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// What this scheduler planned for each server. A scheduler that has just begun asks Redis once for the newest sealed minute; that a minute
/// is open already it learns when it tries to open it. Servers that left the list are forgotten, so that one that comes back is looked at.
/// </summary>
internal sealed class PlanMemory(RedisDoor redis)
{
    private Dictionary<ServerId, PlannedSoFar> _known = [];
    private Dictionary<ServerId, PlannedSoFar> _seen = [];

    public async Task<IReadOnlyList<PlannedSoFar>> OfAsync(IReadOnlyList<ServerId> servers)
    {
        var database = redis.Database;
        return await Task.WhenAll(
            servers.Select(async server =>
                _known.TryGetValue(server, out var known)
                    ? known
                    : new PlannedSoFar(
                        (int?)await database.HashGetAsync(CollectorKeys.Hot(server), "am") is { } minute
                            ? new MinuteStamp(minute)
                            : null,
                        null
                    )
            )
        );
    }

    /// <summary>After a downtime, or when Redis was emptied: what was planned then may be gone, Redis is asked anew.</summary>
    public void Forget()
    {
        _known.Clear();
        _seen.Clear();
    }

    public void Keep(ServerId server, PlannedSoFar known) => _seen[server] = known;

    /// <summary>A whole list went by: what was not in it is forgotten.</summary>
    /// <returns>How many servers were in it.</returns>
    public int EndOfList()
    {
        (_known, _seen) = (_seen, _known);
        _seen.Clear();
        return _known.Count;
    }
}
