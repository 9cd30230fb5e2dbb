using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Vocabulary;
using Microsoft.Playwright;

namespace AliveMcp.StatusPages.Tests.Looks;

/// <summary>A page that stays open in a browser; its clock is moved by hand.</summary>
public sealed class OpenPageTests(Site site, Browser browser) : IClassFixture<Site>, IClassFixture<Browser>
{
    [Fact]
    public async Task An_open_page_takes_up_the_next_verdict()
    {
        var server = await site.ListAsync("open");
        await site.SealAsync(Verdicts.Of(server, minute: Site.Newest - 1));
        var page = await OpenAsync("open");
        await site.SealAsync(Verdicts.Of(server, ServerState.Down, Why.ConnectionRefused));

        await page.Clock.RunForAsync(61_000);

        await Assertions.Expect(page.Locator("article")).ToHaveAttributeAsync("data-state", "down");
        await Assertions.Expect(page.Locator(".headline strong")).ToHaveTextAsync("Down");
        await Assertions
            .Expect(page.Locator("link[rel=icon]"))
            .ToHaveAttributeAsync("href", site.Url + "/favicon-down.svg");
    }

    [Fact]
    public async Task An_open_page_that_cannot_be_refreshed_says_so_and_loses_its_green()
    {
        var server = await site.ListAsync("cut-off");
        await site.SealAsync(Verdicts.Of(server));
        var page = await OpenAsync("cut-off");
        await page.RouteAsync("**/*", route => route.AbortAsync());

        for (var minute = 0; minute < 6; minute++)
        {
            await page.Clock.RunForAsync(60_000);
        }

        await Assertions.Expect(page.Locator(".too-old")).ToContainTextAsync("could not be refreshed since");
        var color = await page.EvaluateAsync<string>(
            "getComputedStyle(document.querySelector('.verdict .frame')).fill"
        );
        Assert.Equal("rgb(110, 119, 129)", color);
    }

    private async Task<IPage> OpenAsync(string slug)
    {
        var page = await browser.NewAsync(ColorScheme.Light);
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{site.Url}/status/{slug}");
        return page;
    }
}
