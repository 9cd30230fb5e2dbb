using System.Collections.Concurrent;
using System.Globalization;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Drain;

/// <summary>The shards that collectors say they sealed in, gathered between two looks of a reader of the log.</summary>
/// <param name="redis">Where they say it.</param>
public sealed class SealedCalls(RedisDoor redis) : IDisposable
{
    private readonly ConcurrentQueue<Shard> _named = new();
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Hears from now on.</summary>
    public Task ListenAsync() =>
        redis.Subscriber.SubscribeAsync(HandoverKeys.SealedChannel, (_, shard) => Hear((string?)shard));

    /// <summary>Waits until somebody calls, or for as long as this.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) =>
        _wake.WaitAsync(most, cancellationToken);

    /// <summary>What was named since the last time.</summary>
    public IReadOnlySet<Shard> Take()
    {
        while (_wake.Wait(0, CancellationToken.None))
        {
            // What was called for meanwhile is served by the same look.
        }

        var named = new HashSet<Shard>();
        while (_named.TryDequeue(out var shard))
        {
            named.Add(shard);
        }

        return named;
    }

    /// <summary>Calls that still come are heard by nobody.</summary>
    public void Dispose() => _wake.Dispose();

    private void Hear(string? shard)
    {
        if (
            int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < Shard.Count
        )
        {
            _named.Enqueue(Shard.Of(number));
            _wake.Release();
        }
    }
}
