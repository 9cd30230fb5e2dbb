using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>The watch list page by page, each server with what is remembered of it.</summary>
internal sealed class WatchPages(WatchList servers, PlanFactsTable facts)
{
    public async Task<WatchPage> PageAsync(ServerId after, int take, CancellationToken cancellationToken)
    {
        var page = await servers.PageAsync(after, take, cancellationToken);
        var known = await facts.OfAsync(page, cancellationToken);
        return new WatchPage(
            [.. page.Select(server => Watch.Of(server, known.GetValueOrDefault(server.Key.Server)))],
            page.Count < take ? null : page[^1].Key.Server
        );
    }
}

/// <param name="Watches">By number.</param>
/// <param name="Next">Where the next page goes on; null behind the last one.</param>
internal sealed record WatchPage(IReadOnlyList<Watch> Watches, ServerId? Next);
