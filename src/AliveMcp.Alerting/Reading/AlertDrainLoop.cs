using AliveMcp.Archive.Drain;
using AliveMcp.Storage.Loops;
using AliveMcp.Storage.Redis;
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

    private readonly SealedCalls _calls = new(redis);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Shorter than the archiver's: somebody waits for these.
        var gather = shell.Every(TimeSpan.FromMilliseconds(50));
        await _calls.ListenAsync();
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
            await _calls.WaitAsync(Poll, token);
            await gather(token);
        }
    }

    public override void Dispose()
    {
        _calls.Dispose();
        base.Dispose();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var isTime = await reader.BeatAsync(drain, cancellationToken);
        var named = _calls.Take();
        if (isTime || named.Count > 0)
        {
            await drain.DrainAsync(isTime ? null : named, cancellationToken);
            await sweep.LookAsync(drain.Memories, cancellationToken);
        }
    }
}
