using Microsoft.Playwright;

namespace AliveMcp.StatusPages.Tests.Looks;

/// <summary>The system's Chromium, started once for all looks.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
            }
        );
    }

    public Task<IPage> NewAsync(ColorScheme scheme) => _chromium!.NewPageAsync(new() { ColorScheme = scheme });

    public async Task<IPage> OpenAsync(string url, ColorScheme scheme)
    {
        var page = await NewAsync(scheme);
        Assert.NotNull(await page.GotoAsync(url));
        await page.EvaluateAsync("document.fonts.ready");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium!.DisposeAsync();
        _playwright!.Dispose();
    }
}
