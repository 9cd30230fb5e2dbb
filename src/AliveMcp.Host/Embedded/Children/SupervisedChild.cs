using System.ComponentModel;

namespace AliveMcp.Host.Embedded.Children;

/// <summary>Keeps one program running: when it dies it is started again, sooner or later by how long it had lived.</summary>
internal sealed partial class SupervisedChild : IAsyncDisposable
{
    /// <summary>A program that lived this long failed for a new reason: its back-off begins anew.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly Func<ChildOrder> _order;
    private readonly ChildLog _output;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private Child _child;
    private Task _watch = Task.CompletedTask;
    private int _disposed;

    private SupervisedChild(Func<ChildOrder> order, Child child, ChildLog output, TimeProvider time, ILogger log)
    {
        _order = order;
        _child = child;
        _output = output;
        _time = time;
        _log = log;
    }

    /// <summary>Of the present run.</summary>
    public int Pid => _child.Pid;

    /// <summary>Starts the program and waits until <paramref name="ready"/> returns; from then on it is kept running.</summary>
    /// <exception cref="ChildFailedException">It ended before it was ready; the message carries its last lines.</exception>
    public static Task<SupervisedChild> StartAsync(
        ChildOrder order,
        Func<CancellationToken, Task> ready,
        TimeProvider time,
        ILogger log,
        CancellationToken cancellationToken
    ) => StartAsync(() => order, ready, time, log, cancellationToken);

    /// <summary>The same for a program whose order may change from one run to the next.</summary>
    public static async Task<SupervisedChild> StartAsync(
        Func<ChildOrder> order,
        Func<CancellationToken, Task> ready,
        TimeProvider time,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var first = order();
        var output = new ChildLog(first.LogFile);
        var supervised = new SupervisedChild(order, await Child.StartAsync(first, output), output, time, log);
        try
        {
            await supervised.WaitUntilReadyAsync(ready, cancellationToken);
        }
        catch
        {
            await supervised.DisposeAsync();
            throw;
        }

        supervised._watch = supervised.WatchAsync();
        return supervised;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _watch;
        await _child.StopAsync(_time);
        _child.Dispose();
        _output.Dispose();
        _stopping.Dispose();
    }

    private async Task WaitUntilReadyAsync(Func<CancellationToken, Task> ready, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var becomesReady = ready(giveUp.Token);
        try
        {
            await Task.WhenAny(becomesReady, _child.Exited).WaitAsync(LongestStart, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Told below.
        }

        if (becomesReady.IsCompleted)
        {
            await becomesReady;
            return;
        }

        await giveUp.CancelAsync();
        await becomesReady.ContinueWith(_ => { }, TaskScheduler.Default);
        var how = _child.Exited.IsCompleted ? $"ended with code {_child.ExitCode}" : "still does not answer";
        throw new ChildFailedException($"{_child.Name} {how} and was never ready. It said:\n{_output.Tail()}");
    }

    private async Task WatchAsync()
    {
        var backOff = FirstBackOff;
        while (true)
        {
            var began = _time.GetTimestamp();
            try
            {
                await _child.Exited.WaitAsync(_stopping.Token);
                backOff = _time.GetElapsedTime(began) > Settled ? FirstBackOff : backOff;
                Died(_log, _child.Name, _child.ExitCode, backOff);
                await Task.Delay(backOff, _time, _stopping.Token);
                backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
                var ended = _child;
                _child = await Child.StartAsync(_order(), _output);
                ended.Dispose();
                Restarted(_log, _child.Name, _child.Pid);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is Win32Exception or IOException)
            {
                NotStarted(_log, exception, _child.Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Child {Name} ended with code {Code}; starting it again in {BackOff}")]
    private static partial void Died(ILogger logger, string name, int code, TimeSpan backOff);

    [LoggerMessage(LogLevel.Error, "Child {Name} could not be started")]
    private static partial void NotStarted(ILogger logger, Exception exception, string name);

    [LoggerMessage(LogLevel.Information, "Child {Name} runs again as process {Pid}")]
    private static partial void Restarted(ILogger logger, string name, int pid);
}
