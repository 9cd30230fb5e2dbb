using AliveMcp.Archive.Drain;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Reading;

/// <summary>What the process that reads a shard knows of it. It is forgotten when anything goes wrong, and read again.</summary>
internal sealed class ShardMemory(LogMark mark)
{
    private readonly HashSet<ServerId> _waiting = [];

    /// <summary>How far the log was read; what waits is behind the mark nevertheless.</summary>
    public LogMark Read { get; set; } = mark;

    public Dictionary<ServerId, KnownServer> Servers { get; } = [];

    /// <summary>Where a reader must begin that remembers nothing: before the first minute that waits.</summary>
    public LogMark Mark =>
        Read with
        {
            Seq = _waiting.Select(server => Servers[server].FirstWaiting - 1 ?? Read.Seq).Append(Read.Seq).Min(),
        };

    public bool HasWaiting => _waiting.Count > 0;

    public void Wait(KnownServer server, ReadMinute minute)
    {
        server.Wait(minute);
        if (server.IsWaiting)
        {
            _waiting.Add(server.Key.Server);
        }
    }

    /// <summary>Takes all minutes whose turn it is, each server's in their order.</summary>
    public IEnumerable<(KnownServer Server, ReadMinute Minute)> Take(DateTimeOffset now)
    {
        foreach (var server in _waiting.Select(server => Servers[server]).ToList())
        {
            while (server.TryTake(now, out var minute))
            {
                yield return (server, minute);
            }

            if (!server.IsWaiting)
            {
                _waiting.Remove(server.Key.Server);
            }
        }
    }

    /// <summary>It is erased.</summary>
    public void Forget(ServerId server)
    {
        _waiting.Remove(server);
        Servers.Remove(server);
    }
}
