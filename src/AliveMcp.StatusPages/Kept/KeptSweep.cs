using AliveMcp.StatusPages.Standings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.StatusPages.Kept;

/// <summary>Forgets kept pages of servers that were made private or erased, soon after. Every web process does it; once is as good as often.</summary>
internal sealed partial class KeptSweep(SlugRoster roster, KeptPages kept, TimeProvider clock, ILogger<KeptSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    /// <summary>The public slugs of the last sweep that found rows forgotten; null before.</summary>
    private IReadOnlySet<string>? _before;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SweepAsync(stoppingToken);
        }
    }

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var slugs = await roster.ReadAsync(cancellationToken);
            await kept.ForgetAllButAsync(slugs);

            // All rows are one long text: read only when somebody is gone.
            if (_before?.IsSubsetOf(slugs) == true || await kept.ForgetRowsAsync(slugs))
            {
                _before = slugs;
            }
        }
#pragma warning disable CA1031 // The next sweep makes it good; it is told here.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            CouldNotSweep(log, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Kept pages of servers that are no longer public could not be forgotten yet.")]
    private static partial void CouldNotSweep(ILogger log, Exception fault);
}
