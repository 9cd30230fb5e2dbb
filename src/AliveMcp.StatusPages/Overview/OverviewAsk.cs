using System.Globalization;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AliveMcp.StatusPages.Overview;

/// <summary>What the query string of <c>/</c> asks for. The URL is the page's whole state; what cannot be read is ignored.</summary>
public sealed record OverviewAsk
{
    private const int LongestText = 100;

    /// <summary>Part of a name, an address or a tag; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>Only this state; null for all.</summary>
    public ServerState? State { get; init; }

    /// <summary>A whole tag; null for all.</summary>
    public string? Tag { get; init; }

    /// <summary>The order of rows.</summary>
    public OverviewOrder Order { get; init; }

    /// <summary>1 is the first.</summary>
    public int Page { get; init; } = 1;

    internal static OverviewAsk Of(IQueryCollection query) =>
        new()
        {
            Text = Clean(query["q"]),
            State = StateWords.TryParse(query["state"], out var state) ? state : null,
            Tag = Clean(query["tag"]),
            Order = Enum.GetValues<OverviewOrder>().FirstOrDefault(order => Word(order) == query["sort"].ToString()),
            Page =
                int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0
                    ? page
                    : 1,
        };

    internal static string Word(OverviewOrder order) => order.ToString().ToLowerInvariant();

    /// <summary>The URL that asks this.</summary>
    internal string Url()
    {
        var query = new QueryBuilder();
        AddIf(query, "q", Text);
        AddIf(query, "state", State is { } state ? StateWords.Word(state) : null);
        AddIf(query, "tag", Tag);
        AddIf(query, "sort", Order == OverviewOrder.Urgency ? null : Word(Order));
        AddIf(query, "page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        return "/" + query.ToQueryString();
    }

    private static void AddIf(QueryBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Add(name, value);
        }
    }

    private static string? Clean(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length == 0 ? null : trimmed[..Math.Min(trimmed.Length, LongestText)];
    }
}
