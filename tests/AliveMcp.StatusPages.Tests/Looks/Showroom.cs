using System.Collections.Concurrent;
using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Badges;
using AliveMcp.StatusPages.Incidents;
using AliveMcp.StatusPages.Looks;
using AliveMcp.StatusPages.Overview;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using AliveMcp.StatusPages.Subscribers;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.StatusPages.Tests.Looks;

/// <summary>Serves made-up pages as the real ones are served, so that a browser can look at every case without months of minutes.</summary>
internal sealed class Showroom : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _shown = new(StringComparer.Ordinal);
    private readonly PageRenderer _renderer = new(NullLoggerFactory.Instance);

    private Showroom(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<Showroom> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var room = new Showroom(builder.Build());
        foreach (var (path, answer) in Stylesheet.All)
        {
            room._shown[path] = answer.WriteAsync;
        }

        foreach (var state in Enum.GetValues<ServerState>())
        {
            room._shown[FavIcon.Path(state)] = FavIcon.Of(state).WriteAsync;
        }

        room._shown["/favicon.svg"] = FavIcon.Brand.WriteAsync;
        room._app.Run(context => room._shown[context.Request.Path](context));
        await room._app.StartAsync();
        return room;
    }

    public async Task<string> ShowAsync(StatusView view)
    {
        var slug = view.Server.PublicSlug;
        var page = await _renderer.StatusAsync(view);
        var standing = new Standing(view.Server, view.Status);
        _shown[$"/status/{slug}"] = page.WriteAsync;
        _shown[$"/badge/{slug}.svg"] = context =>
        {
            var ask = BadgeAsk.Of(context.Request);
            return Answer.Of(AnswerKind.Badge, BadgeImage.Draw(BadgeText.Of(standing, ask), ask)).WriteAsync(context);
        };
        return $"{Url}/status/{slug}";
    }

    public async Task<string> ShowAsync(string path, OverviewView view)
    {
        var page = await _renderer.OverviewAsync(view);
        _shown[path] = page.WriteAsync;
        return Url + path;
    }

    public async Task<string> ShowAsync(IncidentMonthView view)
    {
        var path = IncidentPaths.All(view.Server.PublicSlug);
        var page = await _renderer.IncidentsAsync(view);
        _shown[path] = page.WriteAsync;
        return Url + path;
    }

    public async Task<string> ShowAsync(IncidentView view)
    {
        var path = IncidentPaths.One(view.Server.PublicSlug, view.Incident.Id);
        var page = await _renderer.IncidentAsync(view);
        _shown[path] = page.WriteAsync;
        return Url + path;
    }

    public async Task<string> ShowAsync(SubscribeView view)
    {
        var path = SubscribePaths.Of(view.Server.PublicSlug);
        var page = await _renderer.SubscribeAsync(view);
        _shown[path] = page.WriteAsync;
        return Url + path;
    }

    public async Task<string> ShowLostAsync()
    {
        var page = await _renderer.NotFoundAsync();
        _shown["/lost"] = page.WriteAsync;
        return Url + "/lost";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _renderer.Dispose();
    }
}
