using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>The watch list page by page, each server with what is remembered of it and what its host can bear. Not for two callers at once.</summary>
internal sealed class WatchPages(WatchList servers, PlanFactsTable facts)
{
    /// <summary>Looks a minute from one region that one host is asked to bear, whoever watches its servers.</summary>
    public const int HostLooksPerMinute = 240;

    /// <summary>Hosts grow crowded slowly; counting them reads the whole list.</summary>
    private static readonly TimeSpan CountFor = TimeSpan.FromMinutes(1);

    private IReadOnlyDictionary<string, double> _crowded = new Dictionary<string, double>(StringComparer.Ordinal);
    private IReadOnlyDictionary<Guid, ServerId> _alike = new Dictionary<Guid, ServerId>();
    private DateTimeOffset _countedAt;

    /// <summary>Before the first page of a round.</summary>
    public async Task BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _alike = await servers.AlikeAsync(cancellationToken);
        if (now >= _countedAt + CountFor)
        {
            _crowded = await servers.CrowdedAsync(HostLooksPerMinute, cancellationToken);
            _countedAt = now;
        }
    }

    /// <summary>The next page by number. Servers that are looked at alike come all together with the first of them.</summary>
    public async Task<WatchPage> PageAsync(ServerId after, int take, CancellationToken cancellationToken)
    {
        var page = await servers.PageAsync(after, take, cancellationToken);
        var firsts = page.Where(server => FirstOf(server) == server.Key.Server).ToList();
        var alike =
            firsts.Count == 0
                ? []
                : await servers.AlikeAsync([.. firsts.Select(server => server.ProbeKey!.Value)], cancellationToken);
        IReadOnlyList<WatchedServer> all = [.. page.Where(server => FirstOf(server) is null), .. alike];
        var whole = alike.Select(server => server.Key.Server.Value).ToArray();
        var known = await facts.OfAsync(all, whole, cancellationToken);
        var watches = all.Select(server =>
            Watch.Of(server, known.GetValueOrDefault(server.Key.Server), Widened(server.Host))
        );
        return new WatchPage(
            [
                .. watches
                    .ToLookup(watch => FirstOf(watch.Server))
                    .SelectMany(group => group.Key is null ? group : SharedLooks.Seat(group)),
            ],
            page.Count < take ? null : page[^1].Key.Server
        );
    }

    /// <summary>The first of those that are looked at alike; null when it is the only one.</summary>
    private ServerId? FirstOf(WatchedServer server) =>
        server.ProbeKey is { } key && _alike.TryGetValue(key, out var first) ? first : null;

    /// <summary>How many times too many looks a host would get; 1 when it can bear them.</summary>
    private int Widened(string host) =>
        _crowded.TryGetValue(host, out var looks) ? (int)Math.Ceiling(looks / HostLooksPerMinute) : 1;
}

/// <param name="Watches">In no particular order.</param>
/// <param name="Next">Where the next page goes on; null behind the last one.</param>
internal sealed record WatchPage(IReadOnlyList<Watch> Watches, ServerId? Next);
