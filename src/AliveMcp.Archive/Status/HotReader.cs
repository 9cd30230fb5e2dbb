using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Archive.Status;

/// <summary>Reads what is at hand of servers. A Redis that is away or empty gives nothing, never an error: the archive answers then.</summary>
internal sealed class HotReader(RedisDoor redis, TimeProvider clock)
{
    private static readonly Hot Nothing = new(null, null, null);

    /// <summary>A page does not wait longer for a Redis that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly RedisValue[] Fields = ["a", "b", "k", HandoverKeys.HotPause];

    /// <summary>One pipelined question for all; a server of another tenant's key is answered with nothing.</summary>
    public async Task<IReadOnlyDictionary<ServerKey, Hot>> ReadAsync(IReadOnlyCollection<ServerKey> servers)
    {
        if (!redis.IsConnected)
        {
            return servers.Distinct().ToDictionary(server => server, _ => Nothing);
        }

        var asked = servers.Distinct().Select(server => (Server: server, Answer: AskAsync(server))).ToList();
        var hot = new Dictionary<ServerKey, Hot>(asked.Count);
        foreach (var (server, answer) in asked)
        {
            hot[server] = await answer;
        }

        return hot;
    }

    private async Task<Hot> AskAsync(ServerKey server)
    {
        try
        {
            var fields = await redis
                .Database.HashGetAsync(HandoverKeys.Hot(server.Server), Fields)
                .WaitAsync(Patience, clock);
            return new Hot(Unpack(server, fields[0]), Unpack(server, fields[1]), Unpack(server, fields[2]))
            {
                BackoffUntil = (long?)fields[3] is { } wait ? DateTimeOffset.FromUnixTimeMilliseconds(wait) : null,
            };
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
