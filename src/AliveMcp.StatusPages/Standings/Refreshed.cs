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
    private volatile Known _known = Known.Nothing;

    public ValueTask<Reading<T>> ReadAsync(CancellationToken cancellationToken)
    {
        // One object read at once: readers take no lock.
        var known = _known;
        var age = known.AskedAt == 0 ? TimeSpan.MaxValue : clock.GetElapsedTime(known.AskedAt);
        if (age < options.AskAgainAfter && (known.Value is not null || known.IsFailing))
        {
            return new(known.Reading);
        }

        var asking = AskOnce();
        return known.Value is not null && (known.IsFailing || age < 3 * options.AskAgainAfter)
            ? new(_known.Reading)
            : new(WaitAsync(asking, cancellationToken));
    }

    /// <summary>As it is, without asking.</summary>
    public Reading<T> Last() => _known.Reading;

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
            var value = await ask(_known.Value, deadline.Token);
            _known = new Known(value, clock.GetUtcNow(), clock.GetTimestamp(), IsFailing: false);
        }
#pragma warning disable CA1031 // Whatever failed, readers get the last good answer; it is told here, once.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (!_known.IsFailing)
            {
                CouldNotRefresh(log, fault);
            }

            _known = _known with { AskedAt = clock.GetTimestamp(), IsFailing = true };
        }
    }

    [LoggerMessage(LogLevel.Warning, "A public read could not be refreshed; the last good answer is given meanwhile.")]
    private static partial void CouldNotRefresh(ILogger log, Exception fault);

    private sealed record Known(T? Value, DateTimeOffset RefreshedAt, long AskedAt, bool IsFailing)
    {
        public static Known Nothing { get; } = new(null, default, 0, IsFailing: false);

        public Reading<T> Reading => new(Value, RefreshedAt);
    }
}
