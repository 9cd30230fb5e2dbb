using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Storage.Loops;

/// <summary>How loops of a role run: act, pause, again. A failure is told once and tried again; an end that nobody asked for stops the program.</summary>
public sealed partial class LoopShell(IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<LoopShell> log)
{
    /// <summary>After a failure: long enough not to hammer a server that is coming back.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Runs until asked to stop.</summary>
    public async Task RunAsync(
        string loop,
        Func<CancellationToken, Task> act,
        Func<CancellationToken, Task> pause,
        CancellationToken stoppingToken
    )
    {
        var failing = false;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                failing = await ActAsync(loop, act, failing, stoppingToken);
                await pause(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                LogEnded(loop);
                lifetime.StopApplication();
            }
        }
    }

    /// <summary>A pause of a fixed length.</summary>
    public Func<CancellationToken, Task> Every(TimeSpan period) => token => Task.Delay(period, clock, token);

    private async Task<bool> ActAsync(
        string loop,
        Func<CancellationToken, Task> act,
        bool wasFailing,
        CancellationToken stoppingToken
    )
    {
        try
        {
            await act(stoppingToken);
            if (wasFailing)
            {
                LogRecovered(loop);
            }

            return false;
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            if (!wasFailing)
            {
                LogFailed(fault, loop);
            }

            await Task.Delay(AfterFailure, clock, stoppingToken);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Error, "Loop {Loop} failed and goes on trying")]
    private partial void LogFailed(Exception fault, string loop);

    [LoggerMessage(LogLevel.Information, "Loop {Loop} works again")]
    private partial void LogRecovered(string loop);

    [LoggerMessage(LogLevel.Critical, "Loop {Loop} ended although nobody asked it to; stopping")]
    private partial void LogEnded(string loop);
}
