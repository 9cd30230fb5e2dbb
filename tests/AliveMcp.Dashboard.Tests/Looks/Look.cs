using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AliveMcp.Dashboard.Tests.Looks;

/// <summary>Looks at one page after the other and gathers what is wrong.</summary>
internal sealed class Look(IPage page, ColorScheme scheme)
{
    private static readonly int[] Widths = [390, 1280, 1920];

    public IPage Page { get; } = page;

    public ColorScheme Scheme { get; } = scheme;

    public List<string> Faults { get; } = [];

    public async Task OpenAsync(string url, string name)
    {
        await Page.GotoAsync(url);
        await AtAsync(name);
    }

    public async Task AtAsync(string name)
    {
        await Page.EvaluateAsync("document.fonts.ready");
        foreach (var width in Widths)
        {
            await Page.SetViewportSizeAsync(width, 900);
            var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            if (overflow > 0)
            {
                Faults.Add($"{name} overflows {width} px by {overflow} px.");
            }

            await Page.ScreenshotAsync(new() { Path = Picture($"account-{name}-{width}-{Scheme}"), FullPage = true });
        }

        var found = await Page.RunAxe();
        Faults.AddRange(
            found.Violations.Select(fault =>
                $"{name}: {fault.Id}: {string.Join(" ", fault.Nodes.Select(node => node.Html))}"
            )
        );
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
