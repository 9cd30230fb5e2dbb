using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Reads a minute's hash without changing it.</summary>
internal sealed class OpenMinuteReader(RedisDoor redis)
{
    /// <returns>The rules of an open minute; null when there is no such minute, it is sealed, or cannot be read (the sweep tells of it).</returns>
    public async Task<MinutePlan?> ReadPlanAsync(ServerId server, MinuteStamp minute)
    {
        var fields = await redis.Database.HashGetAsync(CollectorKeys.Minute(server, minute), ["p", "sealed"]);
        try
        {
            return fields[0].IsNull || !fields[1].IsNull ? null : PlanCodec.Unpack((byte[])fields[0]!);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <returns>Null when there is no such minute or it is sealed.</returns>
    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public async Task<OpenMinute?> ReadAsync(ServerId server, MinuteStamp minute)
    {
        var fields = await redis.Database.HashGetAllAsync(CollectorKeys.Minute(server, minute));
        var byName = fields.ToDictionary(
            field => (string)field.Name!,
            field => (byte[])field.Value!,
            StringComparer.Ordinal
        );
        if (!byName.TryGetValue("p", out var packed) || byName.ContainsKey("sealed"))
        {
            return null;
        }

        return OpenMinute.Read(PlanCodec.Unpack(packed), byName);
    }
}
