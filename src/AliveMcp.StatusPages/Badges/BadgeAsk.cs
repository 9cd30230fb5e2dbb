using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.StatusPages.Badges;

/// <summary>Which fact a badge tells.</summary>
internal enum BadgeVariant
{
    Status,
    Uptime,
    Latency,
}

/// <summary>How a badge looks; the names are those that shields.io made common.</summary>
internal enum BadgeStyle
{
    Flat,
    FlatSquare,
    ForTheBadge,
}

/// <summary>What the query string wants. Whatever cannot be read falls back to the default: a badge is always an image.</summary>
/// <param name="Label">The text on the left, made safe and short; null for the variant's own.</param>
/// <param name="IsDark">For dark pages.</param>
internal sealed record BadgeAsk(BadgeVariant Variant, BadgeStyle Style, string? Label, bool IsDark)
{
    private const int LongestLabel = 40;

    private static readonly BadgeAsk Default = new(BadgeVariant.Status, BadgeStyle.Flat, null, IsDark: false);

    /// <summary>Whether the answer is kept: not when the asker chose its text.</summary>
    public bool IsKept => Label is null;

    public static BadgeAsk Of(HttpRequest request)
    {
        if (!request.QueryString.HasValue)
        {
            return Default;
        }

        var query = request.Query;

        var label = SafeText.Of(query["label"].ToString().Trim(), LongestLabel);
        return new(
            query["variant"].ToString() switch
            {
                "uptime" => BadgeVariant.Uptime,
                "latency" => BadgeVariant.Latency,
                _ => BadgeVariant.Status,
            },
            query["style"].ToString() switch
            {
                "flat-square" => BadgeStyle.FlatSquare,
                "for-the-badge" => BadgeStyle.ForTheBadge,
                _ => BadgeStyle.Flat,
            },
            label.Length == 0 ? null : label,
            query["dark"].ToString() is "1" or "true" || (query.ContainsKey("dark") && query["dark"].ToString() == "")
        );
    }
}
