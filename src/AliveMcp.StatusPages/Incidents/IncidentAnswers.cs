using System.Globalization;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Incidents;

/// <summary>Incidents of a public server: by month, one alone, as feeds. Each is made once a minute at most and kept with the server's standing.</summary>
internal sealed class IncidentAnswers(
    PublicStandings standings,
    IncidentSource source,
    PageRenderer renderer,
    IOptions<StatusPagesOptions> options
)
{
    private const int MostOfMonth = 100;
    private const int MostOfFeed = 50;
    private static readonly TimeSpan OfFeed = TimeSpan.FromDays(90);

    /// <summary><c>?month=2026-11</c>; the open one unless told, or when it is none.</summary>
    public Task MonthAsync(HttpContext context)
    {
        var today = MinuteStamp.Of(source.Now).Day;
        var month = Month(context.Request.Query["month"], today);
        var part = string.Create(CultureInfo.InvariantCulture, $"{month:yyyy-MM}");
        return GiveAsync(
            context,
            part,
            async (listing, _) =>
            {
                var (from, to) = (Begin(month), Begin(month.AddMonths(1)));
                return await source.BetweenAsync(listing.Key, from, to, MostOfMonth + 1) is { } found
                    ? await renderer.IncidentsAsync(View(listing, month, found, today))
                    : null;
            }
        );
    }

    /// <summary>One incident, as long as it is told at all.</summary>
    public Task OneAsync(HttpContext context)
    {
        var text = (string)context.Request.RouteValues["id"]!;
        var id = new IncidentId(long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture));
        return GiveAsync(
            context,
            id.ToString(),
            async (listing, _) =>
                await source.FindAsync(listing.Key, id) switch
                {
                    null => null,
                    [var incident] => await renderer.IncidentAsync(new IncidentView(listing, incident)),
                    _ => await renderer.NotFoundAsync(),
                }
        );
    }

    public Task AtomAsync(HttpContext context) => FeedAsync(context, "atom", AnswerKind.Atom, IncidentFeed.Atom);

    public Task JsonAsync(HttpContext context) => FeedAsync(context, "json", AnswerKind.JsonFeed, IncidentFeed.Json);

    private Task FeedAsync(
        HttpContext context,
        string part,
        AnswerKind kind,
        Func<ListedServer, IReadOnlyList<ToldIncident>, FeedPlace, byte[]> make
    ) =>
        GiveAsync(
            context,
            part,
            async (listing, origin) =>
            {
                var now = source.Now;
                return
                    await source.BetweenAsync(listing.Key, now - OfFeed, now, MostOfFeed) is { } found
                    && await source.IdsAsync(listing.Key) is { } ids
                    ? Answer.Of(kind, make(listing, found, new FeedPlace(origin, ids)))
                    : null;
            }
        );

    /// <param name="context">Who asks.</param>
    /// <param name="part">Which answer of the standing.</param>
    /// <param name="make">Given the listing and the origin of links; null: it cannot be said now.</param>
    private async Task GiveAsync(HttpContext context, string part, Func<ListedServer, string, Task<Answer?>> make)
    {
        var slug = (string?)context.Request.RouteValues["slug"];
        var (standing, couldSay) = await standings.FindAsync(slug, context.RequestAborted);
        if (standing is null)
        {
            await (await (couldSay ? renderer.NotFoundAsync() : renderer.UnavailableAsync())).WriteAsync(context);
            return;
        }

        var name = AnswerName.OfIncidents(part, context.Request, options.Value);
        if (!standing.TryGet(name, out var answer))
        {
            var origin = PublicOrigin.Of(context.Request, options.Value) ?? "";
            answer = await make(standing.Listing, origin) ?? await renderer.UnavailableAsync();
            if (answer.IsGood)
            {
                standing.Keep(name, answer);
            }
        }

        await answer.WriteAsync(context);
    }

    private static IncidentMonthView View(
        ListedServer listing,
        DateOnly month,
        IReadOnlyList<ToldIncident> found,
        DateOnly today
    ) => new(listing, month, [.. found.Take(MostOfMonth)], found.Count <= MostOfMonth, today);

    private static DateOnly Month(string? asked, DateOnly today)
    {
        var open = new DateOnly(today.Year, today.Month, 1);
        var isMonth = DateOnly.TryParseExact(
            asked,
            "yyyy-MM",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var month
        );
        return isMonth && month <= open && month > open.AddYears(-10) ? month : open;
    }

    private static DateTimeOffset Begin(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
