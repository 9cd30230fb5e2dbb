using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Dashboard.Pages;

/// <summary>Renders components to whole pages: static HTML, no circuit, no script.</summary>
internal sealed class PageRenderer(ILoggerFactory logs) : IDisposable
{
    /// <summary>Letters of any script stay as they are, for the pages are UTF-8.</summary>
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <param name="view">The page's parameter <c>View</c>.</param>
    /// <param name="status">What the answer says beside the page.</param>
    public async Task<IResult> ShowAsync<TPage>(object view, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(_services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["View"] = view };
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(values));
            return page.ToHtmlString();
        });
        return new PageResult(html, status);
    }

    public void Dispose() => _services.Dispose();
}
