using System.Collections.Concurrent;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Archive.History;
using AliveMcp.StatusPages.Kept;
using AliveMcp.StatusPages.Standings;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Logging;

namespace AliveMcp.StatusPages.Pages;

/// <summary>Reads what a page shows besides the status, and remembers it for the time when the archive does not answer.</summary>
internal sealed partial class PageFactsReader(
    ServerPages pages,
    ToldIncidents incidents,
    KeptPages kept,
    TimeProvider clock,
    ILogger<PageFactsReader> log
)
{
    /// <summary>Twelve months: the open one and eleven before it, whole.</summary>
    private const int Days = 366;

    /// <summary>The page of a server that fails all day stays short; its months have the rest.</summary>
    private const int MostIncidents = 2;
    private const int MostRemembered = 2_000;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>After a failure the archive is left alone for this long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ServerId, KeptFacts> _lastGood = new();
    private long _failedAt;

    /// <returns>The facts, null when there are none; and whether they are only remembered.</returns>
    public async Task<(KeptFacts? Known, bool AreOld)> ReadAsync(Standing standing)
    {
        var server = standing.Listing.Key;
        if (standing.FiguresAt is null && !IsPausing)
        {
            using var deadline = new CancellationTokenSource(Patience, clock);
            try
            {
                var told = new KeptFacts(await ReadAsync(server, deadline.Token), clock.GetUtcNow());
                Remember(server.Server, told);
                _ = kept.KeepAsync(standing.Listing.PublicSlug, told);
                return (told, false);
            }
#pragma warning disable CA1031 // Whatever failed, the page is shown with what is remembered; it is told here.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                _failedAt = clock.GetTimestamp();
                CouldNotRead(log, server, fault);
            }
        }

        return (_lastGood.GetValueOrDefault(server.Server) ?? await kept.FactsAsync(standing.Listing.PublicSlug), true);
    }

    private bool IsPausing => _failedAt != 0 && clock.GetElapsedTime(_failedAt) < Pause;

    private async Task<PageFacts> ReadAsync(ServerKey server, CancellationToken cancellationToken)
    {
        var knownList = _lastGood.GetValueOrDefault(server.Server)?.Facts.Contract?.FullHash;
        var page = await pages.OfAsync(server, Days, knownList, cancellationToken);
        var hour = page.Minutes.Take(HourCells.Count).ToList();
        var now = clock.GetUtcNow();
        var told = await incidents.OfAsync(server, now - Lately, now, MostIncidents, cancellationToken);
        return new PageFacts(page.Days, hour, page.LastDay, page.Latency, page.Contract, told);
    }

    private void Remember(ServerId server, KeptFacts told)
    {
        if (_lastGood.Count >= MostRemembered)
        {
            _lastGood.Clear();
        }

        _lastGood[server] = told;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The archive could not be read for server {Server}; its page shows what is remembered."
    )]
    private static partial void CouldNotRead(ILogger log, ServerKey server, Exception fault);
}
