using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Overview;

/// <summary><c>/</c>: all public servers, read together at most every few seconds, narrowed for each asker.</summary>
internal sealed class Overviews
{
    private readonly Refreshed<AllRows> _rows;
    private Front? _front;
    private readonly PageRenderer _renderer;
    private readonly StatusPagesOptions _options;
    private readonly TimeProvider _clock;

    public Overviews(
        AllServers all,
        PageRenderer renderer,
        IOptions<StatusPagesOptions> options,
        TimeProvider clock,
        ILogger<Overviews> log
    )
    {
        _renderer = renderer;
        _options = options.Value;
        _clock = clock;
        _rows = new((_, cancellationToken) => all.ReadAsync(cancellationToken), _options, clock, log);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var (all, refreshedAt) = await _rows.ReadAsync(context.RequestAborted);
        if (all is null)
        {
            await (await _renderer.UnavailableAsync()).WriteAsync(context);
            return;
        }

        var believedAt = all.IsRemembered ? all.FiguresAt!.Value : refreshedAt;
        DateTimeOffset? staleSince = _clock.GetUtcNow() - believedAt > _options.StaleAfter ? believedAt : null;
        var isFront = !context.Request.QueryString.HasValue;
        if (isFront && _front is { } front && front.Shows == (all, staleSince))
        {
            await front.Answer.WriteAsync(context);
            return;
        }

        var answer = await MakeAsync(all, OverviewAsk.Of(context.Request.Query), staleSince);
        if (isFront)
        {
            _front = new Front((all, staleSince), answer);
        }

        await answer.WriteAsync(context);
    }

    private Task<Answer> MakeAsync(AllRows all, OverviewAsk ask, DateTimeOffset? staleSince)
    {
        var rows = staleSince is null ? all.Rows : [.. all.Rows.Select(Disbelieved)];
        return _renderer.OverviewAsync(OverviewView.Of(rows, ask, staleSince) with { FiguresAt = all.FiguresAt });
    }

    /// <summary>The page that is asked for without a search, until other rows are read.</summary>
    private sealed record Front((AllRows All, DateTimeOffset? StaleSince) Shows, Answer Answer);

    private static OverviewRow Disbelieved(OverviewRow row) => row with { Status = Standing.Disbelieved(row.Status) };
}
