using Microsoft.Playwright;

namespace AliveMcp.Dashboard.Tests.Looks;

/// <summary>The system's Chromium with one page.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _chromium;

    private Browser(IPlaywright playwright, IBrowser chromium, IBrowserContext context, IPage page) =>
        (_playwright, _chromium, Context, Page) = (playwright, chromium, context, page);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public static async Task<Browser> StartAsync(ColorScheme scheme = ColorScheme.Light)
    {
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
            }
        );
        var context = await chromium.NewContextAsync(new() { ColorScheme = scheme });
        context.SetDefaultTimeout(60_000);
        return new Browser(playwright, chromium, context, await context.NewPageAsync());
    }

    /// <summary>Comes in as somebody who is signed in already.</summary>
    public Task EnterAsync(string url, string token) =>
        Context.AddCookiesAsync([
            new()
            {
                Name = "alivemcp_session",
                Value = token,
                Url = url,
            },
        ]);

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }
}
