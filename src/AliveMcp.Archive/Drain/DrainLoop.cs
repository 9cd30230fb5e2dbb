using System.Collections.Concurrent;
using System.Globalization;
using AliveMcp.Storage.Loops;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Drain;

/// <summary>Drains the shards that collectors say they sealed in, and looks at all of them every 500 ms whether or not anybody says so.</summary>
internal sealed class DrainLoop(MinuteDrain drain, RedisDoor redis, LoopShell shell, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<Shard> _named = new();
    private readonly SemaphoreSlim _wake = new(0);
    private long _lookedEverywhereAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Minutes are sealed in bursts: a moment's wait makes one transaction of many.
        var gather = shell.Every(TimeSpan.FromMilliseconds(150));
        await redis.Subscriber.SubscribeAsync(HandoverKeys.SealedChannel, (_, shard) => Hear((string?)shard));
        await shell.RunAsync("drain", LookAsync, PauseAsync, stoppingToken);

        async Task PauseAsync(CancellationToken token)
        {
            await _wake.WaitAsync(Poll, token);
            await gather(token);
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    private Task LookAsync(CancellationToken cancellationToken)
    {
        var named = Named();
        if (clock.GetElapsedTime(_lookedEverywhereAt) < Poll)
        {
            return named.Count == 0 ? Task.CompletedTask : drain.DrainAsync(named, cancellationToken);
        }

        _lookedEverywhereAt = clock.GetTimestamp();
        return drain.DrainAsync(null, cancellationToken);
    }

    private HashSet<Shard> Named()
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
