using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Retention;

/// <summary>Looks after closed history once an hour, and says what it did: whole partitions do not go without a line.</summary>
internal sealed partial class HistoryTurn(HistoryRetention retention, TimeProvider clock, ILogger<HistoryTurn> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private DateTimeOffset _nextAt;

    /// <summary>One round when its time has come. What somebody was reading, or was too much for a round, comes again in a minute.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _nextAt)
        {
            return;
        }

        var found = await retention.LookAsync(cancellationToken);
        foreach (var problem in found.Broken)
        {
            LogBroken(problem.Message);
        }

        var done = await retention.ApplyAsync(found, cancellationToken);
        foreach (var partition in done.Dropped)
        {
            LogDropped(partition);
        }

        if (!done.IsUnfinished)
        {
            _nextAt = clock.GetUtcNow() + Every;
        }
    }

    [LoggerMessage(LogLevel.Error, "History is kept as it is: {Problem}")]
    private partial void LogBroken(string problem);

    [LoggerMessage(LogLevel.Information, "Partition archive.{Partition} was over and is dropped")]
    private partial void LogDropped(string partition);
}
