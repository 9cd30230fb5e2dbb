using AliveMcp.Storage.Loops;
using AliveMcp.Storage.Redis;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Archive.Drain;

/// <summary>Drains the shards that collectors say they sealed in, and looks at all of them every 500 ms whether or not anybody says so.</summary>
internal sealed class DrainLoop(MinuteDrain drain, RedisDoor redis, LoopShell shell, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly SealedCalls _calls = new(redis);
    private long _lookedEverywhereAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Minutes are sealed in bursts: a moment's wait makes one transaction of many.
        var gather = shell.Every(TimeSpan.FromMilliseconds(150));
        await _calls.ListenAsync();
        await shell.RunAsync("drain", LookAsync, PauseAsync, stoppingToken);

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

    private Task LookAsync(CancellationToken cancellationToken)
    {
        var named = _calls.Take();
        if (clock.GetElapsedTime(_lookedEverywhereAt) < Poll)
        {
            return named.Count == 0 ? Task.CompletedTask : drain.DrainAsync(named, cancellationToken);
        }

        _lookedEverywhereAt = clock.GetTimestamp();
        return drain.DrainAsync(null, cancellationToken);
    }
}
