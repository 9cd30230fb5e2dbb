using System.Text.Json;
using System.Xml.Linq;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Tests.Badges;

public sealed class BadgeTests(Site site) : IClassFixture<Site>
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData("", "MCP", "live")]
    [InlineData("?variant=uptime", "MCP uptime", "no data")]
    [InlineData("?variant=latency", "MCP p95", "no data")]
    [InlineData("?style=for-the-badge", "MCP", "LIVE")]
    [InlineData("?style=flat-square&dark", "MCP", "live")]
    [InlineData("?label=up%3F", "up?", "live")]
    [InlineData("?variant=nonsense&style=nonsense&dark=maybe", "MCP", "live")]
    public async Task A_badge_says_what_its_query_asks_for(string query, string label, string message)
    {
        var slug = "badge" + query.Length;
        var server = await site.ListAsync(slug, "Fares");
        await site.SealAsync(Verdicts.Of(server));

        var badge = await BadgeAsync($"/badge/{slug}.svg{query}");

        Assert.Equal([label, message], badge.Descendants(Svg + "text").Select(text => text.Value));
        Assert.StartsWith(
            "Fares: Live, open to everyone, tools checked",
            badge.Element(Svg + "title")!.Value,
            StringComparison.Ordinal
        );
        Assert.Equal("live", badge.Attribute("data-state")!.Value);
    }

    [Fact]
    public async Task A_slug_that_names_nobody_is_still_an_image()
    {
        using var answer = await site.Http.GetAsync("/badge/nobody.svg");
        answer.EnsureSuccessStatusCode();
        var badge = XElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["MCP", "unknown"], badge.Descendants(Svg + "text").Select(text => text.Value));
    }

    [Fact]
    public async Task Image_proxies_ask_again_and_shared_caches_keep_it_for_a_minute()
    {
        using var answer = await site.Http.GetAsync("/badge/nobody.svg");

        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Equal(TimeSpan.FromMinutes(1), answer.Headers.CacheControl.SharedMaxAge);
        Assert.NotNull(answer.Headers.ETag);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/badge/nobody.svg");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        using var held = await site.Http.SendAsync(again);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, held.StatusCode);
    }

    [Fact]
    public async Task A_hostile_label_and_a_hostile_name_stay_text()
    {
        const string hostile = "</text><script>x\u202e\"'&";
        var server = await site.ListAsync("hostile-badge", hostile);
        await site.SealAsync(Verdicts.Of(server));

        var badge = await BadgeAsync("/badge/hostile-badge.svg?label=" + Uri.EscapeDataString(hostile));

        Assert.Equal(
            ["title", "path", "path", "path", "g", "text", "text"],
            badge.Descendants().Select(part => part.Name.LocalName)
        );
        Assert.Equal("</text><script>x\\u{202e}\"'&", badge.Descendants(Svg + "text").First().Value);
    }

    [Fact]
    public async Task Text_and_mark_differ_between_states_whatever_the_colour()
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        foreach (var state in Enum.GetValues<ServerState>().Where(state => state != ServerState.Unknown))
        {
            var server = await site.ListAsync("mark-" + StateWords.Word(state));
            await site.SealAsync(Verdicts.Of(server, state));
            var badge = await BadgeAsync($"/badge/{server.PublicSlug}.svg");
            marks.Add(
                badge.Elements(Svg + "path").Last().Attribute("d")!.Value + badge.Descendants(Svg + "text").Last().Value
            );
        }

        Assert.Equal(3, marks.Count);
    }

    [Fact]
    public async Task The_json_has_the_form_that_shields_reads()
    {
        var server = await site.ListAsync("shields");
        await site.SealAsync(Verdicts.Of(server, ServerState.Degraded, Why.Slow));

        var badge = JsonDocument.Parse(await site.GetAsync("/badge/shields.json")).RootElement;

        Assert.Equal(
            ["schemaVersion=1", "label=MCP", "message=degraded", "color=#9a6700", "isError=False", "cacheSeconds=300"],
            badge.EnumerateObject().Select(key => $"{key.Name}={key.Value}")
        );
    }

    private async Task<XElement> BadgeAsync(string path) => XElement.Parse(await site.GetAsync(path));
}
