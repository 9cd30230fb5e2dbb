using System.Collections.Concurrent;
using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Standings;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Pages;

/// <summary><c>/status/{slug}</c>: one page per server and minute, rendered once and then given as bytes.</summary>
internal sealed class StatusPageAnswers(
    PublicStandings standings,
    PageFactsReader facts,
    PageRenderer renderer,
    IOptions<StatusPagesOptions> options,
    TimeProvider clock
)
{
    private readonly ConcurrentDictionary<(Standing, AnswerName), Lazy<Task<Answer>>> _making = new();

    public async Task AnswerAsync(HttpContext context)
    {
        var slug = (string?)context.Request.RouteValues["slug"];
        var (standing, couldSay) = await standings.FindAsync(slug, context.RequestAborted);
        if (standing is null)
        {
            await (await (couldSay ? renderer.NotFoundAsync() : renderer.UnavailableAsync())).WriteAsync(context);
            return;
        }

        var name = AnswerName.OfPage(context.Request, options.Value);
        if (!standing.TryGet(name, out var answer))
        {
            answer = await MakeOnceAsync(standing, name, PublicOrigin.Of(context.Request, options.Value));
        }

        await answer.WriteAsync(context);
    }

    /// <summary>A thousand readers of a new minute wait for one rendering.</summary>
    private async Task<Answer> MakeOnceAsync(Standing standing, AnswerName name, string? origin)
    {
        var making = _making.GetOrAdd(
            (standing, name),
            key => new Lazy<Task<Answer>>(() => MakeAsync(key.Item1, key.Item2, origin))
        );
        try
        {
            return await making.Value;
        }
        finally
        {
            _making.TryRemove((standing, name), out _);
        }
    }

    private async Task<Answer> MakeAsync(Standing standing, AnswerName name, string? origin)
    {
        var (known, areOld) = await facts.ReadAsync(standing);
        var answer = await renderer.StatusAsync(
            new StatusView
            {
                Server = standing.Listing,
                Status = standing.Status,
                Facts = known?.Facts,
                ToldAt = standing.FiguresAt ?? (areOld ? known?.At : null),
                StaleSince = standing.StaleSince,
                LastVerified = standing.LastVerified,
                Today = MinuteStamp.Of(clock.GetUtcNow()).Day,
                Origin = origin,
            }
        );
        // A page whose history is missing is made again, so that it is there as soon as it can be. One of a standing without an archive is
        // kept: when the archive is back, the standing is another.
        var isWhole = known is not null && (!areOld || standing.FiguresAt is not null);
        return isWhole ? standing.Keep(name, answer) : answer;
    }
}
