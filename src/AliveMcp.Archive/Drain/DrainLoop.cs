using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Drain;

/// <summary>Drains when a collector says that it sealed, and every 500 ms whether or not anybody says so.</summary>
internal sealed class DrainLoop(MinuteDrain drain, RedisDoor redis, LoopShell shell) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Minutes are sealed in bursts: a moment's wait makes one transaction of many.
        var gather = shell.Every(TimeSpan.FromMilliseconds(50));
        var wake = new SemaphoreSlim(0);
        await redis.Subscriber.SubscribeAsync(HandoverKeys.SealedChannel, (_, _) => wake.Release());
        await shell.RunAsync("drain", drain.DrainAsync, PauseAsync, stoppingToken);

        async Task PauseAsync(CancellationToken token)
        {
            await wake.WaitAsync(Poll, token);
            await gather(token);
            while (wake.Wait(0, token))
            {
                // What was called for meanwhile is served by the same look.
            }
        }
    }
}
