using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Minutes;

/// <summary>Reads a minute's hash without changing it.</summary>
internal sealed class OpenMinuteReader(RedisDoor redis)
{
    /// <returns>The rules of an open minute; null when there is no such minute, it is sealed, or cannot be read (the sweep tells of it).</returns>
    public async Task<MinutePlan?> ReadPlanAsync(ServerId server, MinuteStamp minute)
    {
        var fields = await redis.Database.HashGetAsync(CollectorKeys.Minute(server, minute), ["r", "p"]);
        try
        {
            return fields[0].IsNull || fields[1].IsNull
                ? null
                : PlanCodec.Unpack((string)fields[0]!, (byte[])fields[1]!);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What a ticket is made of.</summary>
    /// <returns>Null as <see cref="ReadPlanAsync"/> says.</returns>
    public async Task<TicketPlan?> ReadForTicketAsync(ServerId server, MinuteStamp minute)
    {
        var key = CollectorKeys.Minute(server, minute);
        var plan = ReadPlanAsync(server, minute);
        var sharers = (string?)await redis.Database.HashGetAsync(key, "s");
        return await plan is { } known ? new TicketPlan(known, ServerKeys.Read(sharers)) : null;
    }

    /// <returns>Null when there is no such minute or it is sealed.</returns>
    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public async Task<OpenMinute?> ReadAsync(ServerId server, MinuteStamp minute) =>
        OpenMinute.Read(await redis.Database.HashGetAllAsync(CollectorKeys.Minute(server, minute)));
}
