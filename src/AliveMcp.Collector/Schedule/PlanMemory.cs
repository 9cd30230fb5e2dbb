using System.Globalization;
using System.Runtime.InteropServices;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Collector.Schedule;

/// <summary>
/// What this scheduler planned for each server. Of servers that it does not know it asks Redis, which notes every minute that anybody opens.
/// Servers that left the list are forgotten, so that one that comes back is looked at. The only thing the planner holds of every server.
/// </summary>
internal sealed class PlanMemory(RedisDoor redis)
{
    private static readonly RedisValue[] Fields = ["p", "am"];

    private readonly Dictionary<ServerId, Held> _known = [];
    private byte _round;

    /// <param name="servers">Any number of servers.</param>
    /// <param name="current">The running minute.</param>
    public async Task<IReadOnlyList<PlannedSoFar>> OfAsync(IReadOnlyList<ServerId> servers, MinuteStamp current)
    {
        var known = new PlannedSoFar[servers.Count];
        var asked = new List<Task>();
        for (var place = 0; place < servers.Count; place++)
        {
            var isHeld = _known.TryGetValue(servers[place], out var held);
            if (isHeld && !held.IsOutdated)
            {
                known[place] = held.Planned;
            }
            else
            {
                asked.Add(AskAsync(servers[place], isHeld ? null : current, known, place));
            }
        }

        await Task.WhenAll(asked);
        return known;
    }

    /// <summary>The confirmation rounds that are not over, with the regions that look until then.</summary>
    /// <param name="current">The running minute.</param>
    public async Task<IReadOnlyDictionary<ServerId, IReadOnlyList<Region>>> RoundsAsync(MinuteStamp current)
    {
        var rounds = new Dictionary<ServerId, IReadOnlyList<Region>>();
        var keys = Shard.All.Select(CollectorKeys.Rounds).ToList();
        var fields = await Task.WhenAll(keys.Select(key => redis.Database.HashGetAllAsync(key)));
        for (var place = 0; place < fields.Length; place++)
        {
            foreach (var field in fields[place])
            {
                if (CalledRound.TryRead(field, out var round) && current - round.Minute < CalledRound.Longest)
                {
                    rounds[round.Server] = round.Regions;
                }
                else
                {
                    await redis.Database.HashDeleteAsync(keys[place], field.Name);
                }
            }
        }

        return rounds;
    }

    /// <summary>After a downtime, or when Redis was emptied: what was planned then may be gone, Redis is asked anew.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Somebody else planned for this server: the next round asks Redis what.</summary>
    public void Outdate(ServerId server) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_known, server, out _) = new Held(default, _round, IsOutdated: true);

    public void Keep(ServerId server, PlannedSoFar known) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_known, server, out _) = new Held(known, _round, IsOutdated: false);

    /// <summary>A whole list went by: what was not in it is forgotten.</summary>
    /// <returns>How many servers were in it.</returns>
    public int EndOfList()
    {
        foreach (var (server, held) in _known)
        {
            if (held.Round != _round)
            {
                _known.Remove(server);
            }
        }

        _round++;
        return _known.Count;
    }

    /// <param name="maybeLeftBehind">The running minute: that one or a later one may be open without being queued; null: surely not.</param>
    private async Task AskAsync(ServerId server, MinuteStamp? maybeLeftBehind, PlannedSoFar[] known, int place)
    {
        var noted = await redis.Database.HashGetAsync(CollectorKeys.Hot(server), Fields);
        var judged = Read((string?)noted[1]);
        var opened = Read((string?)noted[0]) ?? judged ?? default;
        known[place] =
            opened.Last is { } last && last >= maybeLeftBehind && last != judged?.Last
                ? PlannedSoFar.UpTo(last)
                : opened;
    }

    /// <summary>Reads <c>minute weight</c>, or a minute alone, which stands for itself.</summary>
    private static PlannedSoFar? Read(string? noted)
    {
        var parts = noted?.Split(' ') ?? [];
        return
            parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            && int.TryParse(
                parts.ElementAtOrDefault(1) ?? "1",
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var weight
            )
            && weight is >= 1 and <= Cadences.Longest
            ? new PlannedSoFar(new MinuteStamp(minute), weight)
            : null;
    }

    private readonly record struct Held(PlannedSoFar Planned, byte Round, bool IsOutdated);
}
