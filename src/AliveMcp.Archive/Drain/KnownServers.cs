using System.Collections.Concurrent;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>
/// What this process knows of servers from the batches before, so that it need not ask with each: who was erased, and on which contract
/// each settled. It holds as long as the counter on the shard's mark stands still, which every stone and every settling moves. Whoever
/// asks holds the shard's mark.
/// </summary>
internal sealed class KnownServers
{
    private readonly ConcurrentDictionary<Shard, Known> _shards = new();

    /// <summary>Forgets shards whose counter has moved, and learns their stones.</summary>
    public async Task RefreshAsync(
        NpgsqlTransaction transaction,
        IReadOnlyDictionary<Shard, long> touched,
        CancellationToken cancellationToken
    )
    {
        var moved = touched.Where(mark => _shards.GetValueOrDefault(mark.Key)?.Touched != mark.Value).ToList();
        if (moved.Count == 0)
        {
            return;
        }

        var erased = await VerdictTable.ErasedAsync(transaction, moved.Select(mark => mark.Key), cancellationToken);
        foreach (var (shard, counter) in moved)
        {
            _shards[shard] = new Known(counter, [.. erased[shard]]);
        }
    }

    /// <summary>The row's server has a stone.</summary>
    public bool IsErased(VerdictRow row) => _shards[row.Shard].Erased.Contains(row.Server.Server.Value);

    /// <summary>Doubts the servers of rows that show another contract than the settled one.</summary>
    public async Task DoubtAsync(
        NpgsqlTransaction transaction,
        IEnumerable<VerdictRow> added,
        CancellationToken cancellationToken
    )
    {
        var news = new HashSet<(ServerKey Server, long Mark)>();
        foreach (var row in added)
        {
            if (row.Mark is { } mark && !IsSettled(row.Server.Server, row.Shard, mark))
            {
                news.Add((row.Server, mark));
            }
        }

        if (news.Count == 0)
        {
            return;
        }

        var doubted = await VerdictTable.DoubtAsync(transaction, news, cancellationToken);
        foreach (var (server, mark) in news.Where(one => !doubted.Contains(one.Server.Server.Value)))
        {
            _shards[Shard.Of(server.Server)].Settled[server.Server.Value] = mark;
        }
    }

    private bool IsSettled(ServerId server, Shard shard, long mark) =>
        _shards[shard].Settled.TryGetValue(server.Value, out var settled) && settled == mark;

    private sealed record Known(long Touched, HashSet<int> Erased)
    {
        public Dictionary<int, long> Settled { get; } = [];
    }
}
