using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Badges;

/// <summary>What a badge says.</summary>
/// <param name="Title">The whole sentence, for screen readers and on hover.</param>
internal sealed record BadgeText(string Label, string Message, ServerState State, string Title)
{
    /// <param name="standing">Null for a slug that names no public server, or when nobody can say: the badge then says unknown.</param>
    public static BadgeText Of(Standing? standing, BadgeAsk ask)
    {
        if (standing is null)
        {
            return new(ask.Label ?? DefaultLabel(ask.Variant), "unknown", ServerState.Unknown, "MCP server: Unknown");
        }

        var status = standing.Status;
        var message = ask.Variant switch
        {
            BadgeVariant.Uptime => Figures.Percent(status.Uptime30d),
            BadgeVariant.Latency => Figures.Milliseconds(status.P95Ms),
            _ => StateWords.Word(status.State),
        };
        var fact = ask.Variant switch
        {
            BadgeVariant.Uptime => $" · uptime of 30 days: {message}",
            BadgeVariant.Latency => $" · p95 latency of 24 hours: {message}",
            _ => "",
        };
        var name = SafeText.Of(standing.Listing.Name, 80);
        return new(
            ask.Label ?? DefaultLabel(ask.Variant),
            message,
            status.State,
            $"{name}: {VerdictWords.Line(status)}{fact}"
        );
    }

    private static string DefaultLabel(BadgeVariant variant) =>
        variant switch
        {
            BadgeVariant.Uptime => "MCP uptime",
            BadgeVariant.Latency => "MCP p95",
            _ => "MCP",
        };
}
