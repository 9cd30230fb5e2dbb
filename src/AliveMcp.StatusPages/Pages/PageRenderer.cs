using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Incidents;
using AliveMcp.StatusPages.Overview;
using AliveMcp.StatusPages.Subscribers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.StatusPages.Pages;

/// <summary>Renders components to whole pages: static HTML, no circuit, no script needed.</summary>
internal sealed class PageRenderer : IDisposable
{
    /// <summary>Pages need no service but the encoder: letters of any script stay as they are, for the pages are UTF-8.</summary>
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    private readonly ILoggerFactory _logs;
    private readonly Lazy<Task<Answer>> _notFound;
    private readonly Lazy<Task<Answer>> _unavailable;

    public PageRenderer(ILoggerFactory logs)
    {
        _logs = logs;
        _notFound = new(() => RenderAsync<NotFoundPage>(AnswerKind.PassingPage, null, StatusCodes.Status404NotFound));
        _unavailable = new(() =>
            RenderAsync<UnavailablePage>(AnswerKind.PassingPage, null, StatusCodes.Status503ServiceUnavailable)
        );
    }

    public Task<Answer> NotFoundAsync() => _notFound.Value;

    public Task<Answer> UnavailableAsync() => _unavailable.Value;

    public Task<Answer> StatusAsync(StatusView view) => RenderAsync<StatusPage>(AnswerKind.Page, view);

    public Task<Answer> OverviewAsync(OverviewView view) => RenderAsync<OverviewPage>(AnswerKind.Page, view);

    public Task<Answer> IncidentsAsync(IncidentMonthView view) => RenderAsync<IncidentMonthPage>(AnswerKind.Page, view);

    public Task<Answer> IncidentAsync(IncidentView view) => RenderAsync<IncidentPage>(AnswerKind.Page, view);

    /// <summary>Kept by nobody: it may hold what somebody typed.</summary>
    public Task<Answer> SubscribeAsync(SubscribeView view, int status = StatusCodes.Status200OK) =>
        RenderAsync<SubscribePage>(AnswerKind.PassingPage, view, status);

    public void Dispose() => _services.Dispose();

    private async Task<Answer> RenderAsync<TPage>(AnswerKind kind, object? view, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(_services, _logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(Parameters(view));
            return page.ToHtmlString();
        });
        return Answer.Of(kind, Encoding.UTF8.GetBytes(html), status);
    }

    /// <summary>Pages take their view by the one name <c>View</c>, or nothing.</summary>
    private static ParameterView Parameters(object? view) =>
        view is null
            ? ParameterView.Empty
            : ParameterView.FromDictionary(
                new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(StatusPage.View)] = view }
            );
}
