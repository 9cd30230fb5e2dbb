using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Overview;

/// <summary>What the page of all servers shows for one asking.</summary>
public sealed record OverviewView
{
    /// <summary>Rows on a page: what keeps it below 40 KB.</summary>
    internal const int PageSize = 30;

    private const int MostTags = 16;

    /// <summary>What was asked, its page no further than there are pages.</summary>
    public required OverviewAsk Ask { get; init; }

    /// <summary>All public servers, whatever is asked.</summary>
    public required int Total { get; init; }

    /// <summary>How many stand in each state, among those that text and tag leave.</summary>
    public required IReadOnlyDictionary<ServerState, int> Counts { get; init; }

    /// <summary>How many match in all.</summary>
    public required int Found { get; init; }

    /// <summary>Those of the asked page.</summary>
    public required IReadOnlyList<OverviewRow> Rows { get; init; }

    /// <summary>The tags that most servers carry, by name.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Set when nothing could be refreshed for too long.</summary>
    public required DateTimeOffset? StaleSince { get; init; }

    /// <summary>When the archive last told the figures, while it cannot be read; null when it can.</summary>
    public DateTimeOffset? FiguresAt { get; init; }

    /// <summary>At least 1.</summary>
    public int Pages => PagesOf(Found);

    internal static OverviewView Of(IReadOnlyList<OverviewRow> all, OverviewAsk ask, DateTimeOffset? staleSince)
    {
        var named = all.Where(row => Matches(row.Server, ask)).ToList();
        var found = named.Where(row => ask.State is null || row.Status.State == ask.State).ToList();
        var page = Math.Min(ask.Page, PagesOf(found.Count));
        return new()
        {
            Ask = ask with { Page = page },
            Total = all.Count,
            Counts = named.CountBy(row => row.Status.State).ToDictionary(),
            Found = found.Count,
            Rows = [.. Ordered(found, ask.Order).Skip((page - 1) * PageSize).Take(PageSize)],
            Tags = CommonTags(all),
            StaleSince = staleSince,
        };
    }

    private static int PagesOf(int rows) => Math.Max(1, (rows + PageSize - 1) / PageSize);

    private static bool Matches(ListedServer server, OverviewAsk ask) =>
        (ask.Tag is null || server.Tags.Contains(ask.Tag, StringComparer.OrdinalIgnoreCase))
        && (
            ask.Text is not { } text
            || server.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || server.PublicSlug.Contains(text, StringComparison.OrdinalIgnoreCase)
            || server.DisplayUrl.Contains(text, StringComparison.OrdinalIgnoreCase)
            || server.Tags.Any(tag => tag.Contains(text, StringComparison.OrdinalIgnoreCase))
        );

    private static IEnumerable<OverviewRow> Ordered(IEnumerable<OverviewRow> rows, OverviewOrder order)
    {
        var byName = rows.OrderBy(row => row.Server.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(row => row.Server.PublicSlug, StringComparer.Ordinal)
            .ToList();
        return order switch
        {
            OverviewOrder.Name => byName,
            OverviewOrder.Uptime => byName.OrderBy(row => row.Status.Uptime30d ?? decimal.MaxValue),
            OverviewOrder.Latency => byName.OrderByDescending(row => row.Status.P95Ms ?? -1),
            _ => byName.OrderBy(row => Urgency(row.Status.State)),
        };
    }

    private static int Urgency(ServerState state) =>
        state switch
        {
            ServerState.Down => 0,
            ServerState.Degraded => 1,
            ServerState.Unknown => 2,
            _ => 3,
        };

    private static List<string> CommonTags(IReadOnlyList<OverviewRow> all) =>
        [
            .. all.SelectMany(row => row.Server.Tags.Distinct(StringComparer.OrdinalIgnoreCase))
                .CountBy(tag => tag, StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(tag => tag.Value)
                .ThenBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase)
                .Take(MostTags)
                .Select(tag => tag.Key)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
}
