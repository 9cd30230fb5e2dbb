using System.Collections.Concurrent;
using System.Globalization;
using AliveMcp.Storage.Loops;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Reading;

/// <summary>Reads the shards that collectors say they sealed in, and looks at all of them every 500 ms whether or not anybody says so.</summary>
internal sealed class AlertDrainLoop(
    AlertDrain drain,
    AlertReader reader,
    SilenceSweep sweep,
    RedisDoor redis,
    LoopShell shell
) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<Shard> _named = new();
    private readonly SemaphoreSlim _wake = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Shorter than the archiver's: somebody waits for these.
        var gather = shell.Every(TimeSpan.FromMilliseconds(50));
        await redis.Subscriber.SubscribeAsync(HandoverKeys.SealedChannel, (_, shard) => Hear((string?)shard));
        try
        {
            await shell.RunAsync("alerts", LookAsync, PauseAsync, stoppingToken);
        }
        finally
        {
            // Others need not wait until the lease is over.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await drain.LeaveAsync([.. drain.Memories.Keys], limit.Token);
        }

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

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var isTime = await reader.BeatAsync(drain, cancellationToken);
        var named = Named();
        if (isTime || named.Count > 0)
        {
            await drain.DrainAsync(isTime ? null : named, cancellationToken);
            await sweep.LookAsync(drain.Memories, cancellationToken);
        }
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
