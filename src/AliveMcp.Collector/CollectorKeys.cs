using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;
using StackExchange.Redis;

namespace AliveMcp.Collector;

/// <summary>The Redis keys that are private to this room. The ones that others read, too, are in <see cref="HandoverKeys"/>.</summary>
internal static class CollectorKeys
{
    /// <summary>String: when the planner last ran, milliseconds since 1970. A gap tells our own downtime. Lives on.</summary>
    public static readonly RedisKey LastTick = "plan:tick";

    /// <summary>Sorted set of a shard's open minutes: member <c>server:minute</c>, score the deadline in milliseconds, later while a sweep has it. Written by open, emptied by seal.</summary>
    public static RedisKey Due(Shard shard) => $"due:{shard.Tag}";

    /// <summary>
    /// Hash, the confirmation rounds of a shard that no live minute has ended yet: field server, value the minute that called it, a colon and the
    /// names of the regions that look until then. Written by extend, emptied by seal.
    /// </summary>
    public static RedisKey Rounds(Shard shard) => $"rounds:{shard.Tag}";

    /// <summary>Hash, what a region's probers saw in the last minute, by spans of 5 s, and until when the region is in doubt. Lives 5 min from the last report.</summary>
    public static RedisKey Tally(Region region) => $"tally:{{{region}}}";

    /// <summary>Sorted set, the tickets of one lane that wait for a region's probers: member <c>server:minute</c>, score the start in milliseconds. Emptied by lease.</summary>
    public static RedisKey Queue(Region region, Lane lane) => $"q:{{{region}}}:{LaneWords.Name(lane)}";

    /// <summary>String, lives 60 s from a prober's last lease: the region is served.</summary>
    public static RedisKey Alive(Region region) => $"alive:{{{region}}}";

    /// <summary>Sorted set, lives 60 s: the region's probers by name, score when each last asked for work, in milliseconds of our own clock.</summary>
    public static RedisKey Probers(Region region) => $"probers:{{{region}}}";

    /// <summary>Hash of one live look: <c>o</c> what was asked for, <c>t</c> the prober that took it, <c>1</c>, <c>2</c>, … its steps, <c>r</c> its verdict. Lives 5 min.</summary>
    public static RedisKey Look(Region region, string secret) => $"look:{{{region}}}:{secret}";

    /// <summary>Counter: looks that a tenant asked for in the running minute. Lives that long.</summary>
    public static RedisKey TurnOf(TenantId tenant) => $"looks:tenant:{tenant.Value}";

    /// <summary>Counter: a server was looked at because somebody asked. Lives 10 s.</summary>
    public static RedisKey TurnOf(ServerId server) => $"looks:server:{server.Value}";

    public static RedisKey Minute(ServerId server, MinuteStamp minute) => HandoverKeys.Minute(server, minute);

    public static RedisKey Log(Shard shard) => HandoverKeys.Log(shard);

    public static RedisKey Sequence(Shard shard) => HandoverKeys.Sequence(shard);

    public static RedisKey Epoch(Shard shard) => HandoverKeys.Epoch(shard);

    public static RedisKey Hot(ServerId server) => HandoverKeys.Hot(server);
}
