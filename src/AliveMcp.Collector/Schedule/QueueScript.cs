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

    public async Task<QueueAnswer> RunAsync(Region region, Lane lane, int bound, IReadOnlyList<QueuedTicket> tickets)
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

        var answer = (RedisResult[])
            (await Script.RunAsync(redis.Database, [CollectorKeys.Queue(region, lane)], [.. values]))!;
        return new QueueAnswer((int)answer[0], (int)answer[1]);
    }
}

/// <param name="NoRoom">How many found no room.</param>
/// <param name="Expired">How many that lay there were over, taken by nobody.</param>
internal readonly record struct QueueAnswer(int NoRoom, int Expired);

/// <param name="Server">Whom to probe.</param>
/// <param name="Minute">For which minute.</param>
/// <param name="Start">When.</param>
internal readonly record struct QueuedTicket(ServerId Server, MinuteStamp Minute, DateTimeOffset Start);
