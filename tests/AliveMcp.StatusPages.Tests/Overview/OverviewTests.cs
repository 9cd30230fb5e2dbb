using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Tests.Overview;

public sealed class OverviewTests(OverviewTests.Filled filled) : IClassFixture<OverviewTests.Filled>
{
    [Theory]
    [InlineData("/", "down degraded fresh alpha beta")]
    [InlineData("/?sort=name", "alpha beta degraded down fresh")]
    [InlineData("/?state=live", "alpha beta")]
    [InlineData("/?state=down", "down")]
    [InlineData("/?q=ALPHA", "alpha")]
    [InlineData("/?q=travel", "degraded alpha")]
    [InlineData("/?tag=travel&state=live", "alpha")]
    [InlineData("/?q=nothing-like-it", "")]
    [InlineData("/?state=nonsense&sort=nonsense&page=-4", "down degraded fresh alpha beta")]
    [InlineData("/?page=99", "down degraded fresh alpha beta")]
    public async Task The_query_string_narrows_and_orders(string path, string slugs)
    {
        var page = await filled.Site.PageAsync(path);

        Assert.Equal(
            slugs,
            string.Join(' ', page.QuerySelectorAll("tr[data-slug]").Select(row => row.GetAttribute("data-slug")))
        );
    }

    [Fact]
    public async Task States_are_counted_and_each_count_is_a_link_to_its_servers()
    {
        var page = await filled.Site.PageAsync("/");

        Assert.Equal(
            ["5All", "2Live", "1Degraded", "1Down", "1Unknown"],
            page.QuerySelectorAll(".counts a").Select(link => link.Words().Replace(" ", "", StringComparison.Ordinal))
        );
        Assert.Equal("/?state=down", page.QuerySelector(".counts .s-down")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_hostile_search_is_shown_back_as_text()
    {
        var page = await filled.Site.PageAsync("/?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));

        Assert.Equal("\"><script>alert(1)</script>", page.QuerySelector("#q")!.GetAttribute("value"));
        Assert.Single(page.QuerySelectorAll("script"));
    }

    [Fact]
    public async Task An_empty_install_is_taught_how_to_watch_a_server()
    {
        await using var empty = await Site.OpenAsync();

        var page = await empty.PageAsync("/");

        Assert.Contains("alivemcp.yaml", page.QuerySelector("[data-empty]")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A site with a server in each state.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        public Site Site { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Site.InitializeAsync();
            await Site.SealAsync(Verdicts.Of(await Site.ListAsync("alpha", "Alpha", "travel")));
            await Site.SealAsync(Verdicts.Of(await Site.ListAsync("beta", "Beta")));
            await Site.SealAsync(
                Verdicts.Of(await Site.ListAsync("degraded", "Degraded", "travel"), ServerState.Degraded, Why.Slow)
            );
            await Site.SealAsync(Verdicts.Of(await Site.ListAsync("down", "Down"), ServerState.Down, Why.DnsNotFound));
            await Site.ListAsync("fresh", "Fresh");
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
