using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AliveMcp.StatusPages.Tests.Looks;

/// <summary>Every case of every page is looked at by a browser: axe finds nothing, nothing overflows, a picture is kept as build output.</summary>
public sealed class LooksTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly int[] Widths = [390, 1280, 1920];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_page_has_no_axe_violation_and_fits_its_window(string name, ColorScheme scheme)
    {
        await using var room = await Showroom.OpenAsync();
        var url = await Shown.AllByName()[name](room);

        var page = await browser.OpenAsync(url, scheme);
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            Assert.True(overflow <= 0, $"{name} overflows {width} px by {overflow} px.");
            await page.ScreenshotAsync(new() { Path = Picture($"{name}-{width}-{scheme}"), FullPage = true });
        }

        await page.SetViewportSizeAsync(Widths[0], 900);
        var found = await page.RunAxe();
        await page.CloseAsync();
        Assert.Empty(
            found.Violations.Select(fault => $"{fault.Id}: {string.Join(" ", fault.Nodes.Select(node => node.Html))}")
        );
    }

    public static TheoryData<string, ColorScheme> Cases()
    {
        var cases = new TheoryData<string, ColorScheme>();
        foreach (var name in Shown.AllByName().Keys)
        {
            cases.Add(name, ColorScheme.Light);
            cases.Add(name, ColorScheme.Dark);
        }

        return cases;
    }

    private static string Picture(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AliveMcp.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("AliveMcp.sln");
        }

        return Path.Combine(folder, "artifacts", "screenshots", name.ToLowerInvariant() + ".png");
    }
}
