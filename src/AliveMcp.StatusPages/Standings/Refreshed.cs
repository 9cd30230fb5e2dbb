using Microsoft.Extensions.Logging;

namespace AliveMcp.StatusPages.Standings;

/// <summary>
/// A value that is asked again when it is needed and no longer fresh: by one asker at a time, while the others get the last good one.
/// A busy value is refreshed behind its readers' backs, a forgotten one is waited for, a failing one is given as it last was.
/// </summary>
/// <param name="ask">Asks anew; gets the last good value, and gives it back when nothing changed.</param>
/// <param name="options">Freshness and patience.</param>
/// <param name="clock">Measures both.</param>
/// <param name="log">Told once each time asking begins to fail.</param>
internal sealed partial class Refreshed<T>(
    Func<T?, CancellationToken, Task<T>> ask,
    StatusPagesOptions options,
    TimeProvider clock,
    ILogger log
)
    where T : class
{
    /// <summary>Nobody waits that long; it only ends an asking that hangs, so that the next one may try.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private volatile Task? _asking;
    private T? _value;
    private DateTimeOffset _refreshedAt;
    private long _askedAt;
    private bool _failing;

    public ValueTask<Reading<T>> ReadAsync(CancellationToken cancellationToken)
    {
        var age = _askedAt == 0 ? TimeSpan.MaxValue : clock.GetElapsedTime(_askedAt);
        if (age < options.AskAgainAfter && (_value is not null || _failing))
        {
            return new(Last());
        }

        var asking = AskOnce();
        return _value is not null && (_failing || age < 3 * options.AskAgainAfter)
            ? new(Last())
            : new(WaitAsync(asking, cancellationToken));
    }

    /// <summary>As it is, without asking.</summary>
    public Reading<T> Last()
    {
        lock (_lock)
        {
            return new(_value, _refreshedAt);
        }
    }

    private async Task<Reading<T>> WaitAsync(Task asking, CancellationToken cancellationToken)
    {
        try
        {
            await asking.WaitAsync(options.Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The asking goes on; this reader takes what there is.
        }

        return Last();
    }

    private Task AskOnce()
    {
        lock (_lock)
        {
            return _asking is { IsCompleted: false } running ? running : _asking = Task.Run(AskAsync);
        }
    }

    private async Task AskAsync()
    {
        using var deadline = new CancellationTokenSource(GiveUpAfter, clock);
        try
        {
            var value = await ask(_value, deadline.Token);
            Keep(value);
        }
#pragma warning disable CA1031 // Whatever failed, readers get the last good answer; it is told here, once.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fail(fault);
        }
    }

    private void Keep(T value)
    {
        lock (_lock)
        {
            _value = value;
            _refreshedAt = clock.GetUtcNow();
            _askedAt = clock.GetTimestamp();
            _failing = false;
        }
    }

    private void Fail(Exception fault)
    {
        if (!_failing)
        {
            CouldNotRefresh(log, fault);
        }

        lock (_lock)
        {
            _askedAt = clock.GetTimestamp();
            _failing = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A public read could not be refreshed; the last good answer is given meanwhile.")]
    private static partial void CouldNotRefresh(ILogger log, Exception fault);
}
