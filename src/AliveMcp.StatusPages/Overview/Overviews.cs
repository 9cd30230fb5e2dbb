using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Overview;

/// <summary><c>/</c>: all public servers, read together at most every few seconds, narrowed for each asker.</summary>
internal sealed class Overviews
{
    private readonly Refreshed<IReadOnlyList<OverviewRow>> _rows;
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
        var (rows, refreshedAt) = await _rows.ReadAsync(context.RequestAborted);
        if (rows is null)
        {
            await (await _renderer.UnavailableAsync()).WriteAsync(context);
            return;
        }

        var isStale = _clock.GetUtcNow() - refreshedAt > _options.StaleAfter;
        var shown = isStale ? [.. rows.Select(Disbelieved)] : rows;
        var view = OverviewView.Of(shown, OverviewAsk.Of(context.Request.Query), isStale ? refreshedAt : null);
        await (await _renderer.OverviewAsync(view)).WriteAsync(context);
    }

    private static OverviewRow Disbelieved(OverviewRow row) => row with { Status = Standing.Disbelieved(row.Status) };
}
