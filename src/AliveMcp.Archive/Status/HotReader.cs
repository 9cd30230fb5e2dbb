using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Archive.Status;

/// <summary>Reads what is at hand of servers. A Redis that is away or empty gives nothing, never an error: the archive answers then.</summary>
internal sealed class HotReader(RedisDoor redis)
{
    private static readonly Hot Nothing = new(null, null, null);

    private static readonly RedisValue[] Fields = ["a", "b", "k"];

    /// <summary>One pipelined question for all; a server of another tenant's key is answered with nothing.</summary>
    public async Task<IReadOnlyDictionary<ServerId, Hot>> ReadAsync(IReadOnlyCollection<ServerKey> servers)
    {
        if (!redis.IsConnected)
        {
            return servers.ToDictionary(server => server.Server, _ => Nothing);
        }

        var database = redis.Database;
        var asked = servers
            .Select(server => (Server: server, Answer: database.HashGetAsync(HandoverKeys.Hot(server.Server), Fields)))
            .ToList();
        var hot = new Dictionary<ServerId, Hot>(asked.Count);
        foreach (var (server, answer) in asked)
        {
            hot[server.Server] = await ReadAsync(server, answer);
        }

        return hot;
    }

    private static async Task<Hot> ReadAsync(ServerKey server, Task<RedisValue[]> answer)
    {
        try
        {
            var fields = await answer;
            return new Hot(Unpack(server, fields[0]), Unpack(server, fields[1]), Unpack(server, fields[2]));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or FormatException)
        {
            return Nothing;
        }
    }

    private static VerdictMinute? Unpack(ServerKey server, RedisValue packed)
    {
        var verdict = packed.IsNullOrEmpty ? null : VerdictCodec.Unpack((byte[])packed!);
        return verdict?.Server == server ? verdict : null;
    }
}
