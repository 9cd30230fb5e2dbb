using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;
using StackExchange.Redis;

namespace AliveMcp.Collector.Schedule;

/// <summary>Puts tickets on a region's queue.</summary>
internal sealed class QueueScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(QueueScript), "queue.lua");

    /// <returns>How many found no room.</returns>
    public async Task<int> RunAsync(Region region, Lane lane, int bound, IReadOnlyList<QueuedTicket> tickets)
    {
        var values = new List<RedisValue>(2 + (2 * tickets.Count))
        {
            bound,
            (long)MinuteTimes.Deadline.TotalMilliseconds,
        };
        foreach (var ticket in tickets)
        {
            values.Add(ticket.Start.ToUnixTimeMilliseconds());
            values.Add(HandoverKeys.Member(ticket.Server, ticket.Minute));
        }

        return (int)await Script.RunAsync(redis.Database, [CollectorKeys.Queue(region, lane)], [.. values]);
    }
}

/// <param name="Server">Whom to probe.</param>
/// <param name="Minute">For which minute.</param>
/// <param name="Start">When.</param>
internal readonly record struct QueuedTicket(ServerId Server, MinuteStamp Minute, DateTimeOffset Start);
