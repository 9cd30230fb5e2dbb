using System.Text.Json;
using System.Xml.Linq;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Vocabulary;
using AngleSharp.Dom;

namespace AliveMcp.StatusPages.Tests.Pages;

/// <summary>One function gives a status to everybody: page, overview, badge and both JSON answers never disagree.</summary>
public sealed class AgreementTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [MemberData(nameof(StatesAndAccesses))]
    public async Task Page_badge_embed_and_json_say_the_same_for_every_reason(ServerState state, Access access)
    {
        var server = await site.ListAsync($"agree-{state}-{access}".ToLowerInvariant());
        foreach (var why in Enum.GetValues<Why>())
        {
            await site.SealAsync(Verdicts.Of(server, state, why, access));
            var said = await SaidAsync(server);

            Assert.Equal(Enumerable.Repeat(StateWords.Word(state), said.Count), said);
        }
    }

    [Fact]
    public async Task They_agree_while_a_state_is_held_and_after_it_lapsed()
    {
        await using var own = await Site.OpenAsync();
        var server = await own.ListAsync("held");
        await own.SealAsync(Verdicts.Of(server, minute: Site.Newest - 3));
        await own.SealAsync(Verdicts.Of(server, ServerState.Unknown, Why.NobodyLooked));

        var held = await own.PageAsync("/status/held");
        own.Clock.Advance(TimeSpan.FromMinutes(20));
        var lapsed = await own.PageAsync("/status/held");

        Assert.Equal("live", held.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Contains("Last verified: 21 Nov 2026, 14:27 UTC", When(held), StringComparison.Ordinal);
        Assert.Equal("unknown", lapsed.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Contains("Not verified since: 21 Nov 2026, 14:27 UTC", When(lapsed), StringComparison.Ordinal);
        Assert.Contains(
            "\"state\":\"unknown\"",
            await own.GetAsync("/api/embed-status/held"),
            StringComparison.Ordinal
        );
    }

    private static string When(IDocument page) =>
        string.Join(
            "; ",
            page.QuerySelectorAll(".when div").Select(row => $"{row.Children[0].Words()}: {row.Children[1].Words()}")
        );

    public static TheoryData<ServerState, Access> StatesAndAccesses()
    {
        var cases = new TheoryData<ServerState, Access>();
        foreach (var state in Enum.GetValues<ServerState>())
        {
            foreach (var access in Enum.GetValues<Access>())
            {
                cases.Add(state, access);
            }
        }

        return cases;
    }

    private async Task<List<string>> SaidAsync(ListedServer server)
    {
        var slug = server.PublicSlug;
        var page = await site.PageAsync($"/status/{slug}");
        var badge = XElement.Parse(await site.GetAsync($"/badge/{slug}.svg"));
        var embed = JsonDocument.Parse(await site.GetAsync($"/api/embed-status/{slug}")).RootElement;
        var shields = JsonDocument.Parse(await site.GetAsync($"/badge/{slug}.json")).RootElement;
        return
        [
            page.QuerySelector("article")!.GetAttribute("data-state")!,
            page.QuerySelector(".headline strong")!.TextContent.ToLowerInvariant(),
            badge.Attribute("data-state")!.Value,
            embed.GetProperty("state").GetString()!,
            embed.GetProperty("status").GetString()!,
            shields.GetProperty("message").GetString()!,
        ];
    }
}
