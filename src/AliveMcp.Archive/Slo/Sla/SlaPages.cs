using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using AliveMcp.Archive.Slo.Sla.Page;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Slo.Sla;

/// <summary>Renders the report to a page that stands alone: one style, no script, nothing loaded from anywhere.</summary>
internal sealed class SlaPages(ILoggerFactory logs) : IDisposable
{
    private static readonly string Sheet = Read("sla.css");

    /// <summary>Letters of any script stay as they are, for the page is UTF-8; what HTML means something by is escaped.</summary>
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <param name="report">What to show.</param>
    /// <param name="owner">Whose report it is.</param>
    public async Task<string> RenderAsync(SlaReport report, string owner)
    {
        await using var renderer = new HtmlRenderer(_services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(SlaPage.Report)] = report,
                [nameof(SlaPage.Owner)] = owner,
                [nameof(SlaPage.Style)] = Style(report.Month),
            };
            var page = await renderer.RenderComponentAsync<SlaPage>(ParameterView.FromDictionary(values));
            return page.ToHtmlString();
        });
    }

    /// <summary>The page may use its one style, known by its hash, and nothing else.</summary>
    public static void Protect(IHeaderDictionary headers, SlaMonth month)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style(month))));
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
    }

    public void Dispose() => _services.Dispose();

    /// <summary>The month stands in the page's margin, where only the style can write.</summary>
    private static string Style(SlaMonth month) =>
        Sheet
        + $"@page {{ @bottom-center {{ content: \"{month.Title}\"; font: 8pt \"Liberation Sans\", sans-serif; color: #585e66; }} }}\n";

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
