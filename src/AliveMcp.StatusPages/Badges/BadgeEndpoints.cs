using System.Text.Json;
using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Standings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.StatusPages.Badges;

/// <summary><c>/badge/{slug}.svg</c> and <c>/badge/{slug}.json</c>: always 200, for a broken image tells nobody anything.</summary>
internal static class BadgeEndpoints
{
    public static void MapBadges(this IEndpointRouteBuilder routes)
    {
        var standings = routes.ServiceProvider.GetRequiredService<PublicStandings>();

        routes.MapReads("/badge/{slug}.svg", context => AnswerAsync(context, standings, Image, isJson: false));
        routes.MapReads("/badge/{slug}.json", context => AnswerAsync(context, standings, Json, isJson: true));
    }

    private static async Task AnswerAsync(
        HttpContext context,
        PublicStandings standings,
        Func<Standing?, BadgeAsk, Answer> make,
        bool isJson
    )
    {
        var slug = (string?)context.Request.RouteValues["slug"];
        var (standing, _) = await standings.FindAsync(slug, context.RequestAborted);
        var ask = BadgeAsk.Of(context.Request);
        if (standing is null || !ask.IsKept)
        {
            await make(standing, ask).WriteAsync(context);
            return;
        }

        var name = AnswerName.OfBadge(ask, isJson);
        if (!standing.TryGet(name, out var answer))
        {
            answer = standing.Keep(name, make(standing, ask));
        }

        await answer.WriteAsync(context);
    }

    private static Answer Image(Standing? standing, BadgeAsk ask) =>
        Answer.Of(AnswerKind.Badge, BadgeImage.Draw(BadgeText.Of(standing, ask), ask));

    private static Answer Json(Standing? standing, BadgeAsk ask)
    {
        var badge = ShieldsBadge.Of(BadgeText.Of(standing, ask), isKnown: standing is not null);
        return Answer.Of(
            AnswerKind.BadgeJson,
            JsonSerializer.SerializeToUtf8Bytes(badge, BadgeJson.Default.ShieldsBadge)
        );
    }
}
