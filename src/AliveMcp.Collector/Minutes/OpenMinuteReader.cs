using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>Reads a minute's hash without changing it.</summary>
internal sealed class OpenMinuteReader(RedisDoor redis)
{
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
