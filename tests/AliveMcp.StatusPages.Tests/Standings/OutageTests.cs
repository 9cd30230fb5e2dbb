using System.Net;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Verdicts = AliveMcp.StatusPages.Tests.Sites.Verdicts;

namespace AliveMcp.StatusPages.Tests.Standings;

/// <summary>Postgres or Redis goes away, one or both, for good or for a while.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Without_Postgres_verdicts_go_on_and_without_Redis_too_nothing_is_believed_after_five_minutes()
    {
        await using var storage = await TestStorage.CreateAloneAsync();
        await using var site = await Site.OpenAsync(storage);
        var server = await site.ListAsync("lasting", "Lasting");
        await site.SealAsync(Verdicts.Of(server));
        await site.GetAsync("/status/lasting");
        await site.GetAsync("/");

        await storage.StopPostgresAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await site.SealAsync(Verdicts.Of(server, ServerState.Down, Why.ConnectionRefused, minute: Site.Newest + 6));
        var page = await site.PageAsync("/status/lasting");
        var overview = await site.PageAsync("/");

        Assert.Equal("down", page.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Contains(
            "those of 21 Nov 2026, 14:31 UTC",
            page.QuerySelector(".note")!.Words(),
            StringComparison.Ordinal
        );
        Assert.Equal(90, page.QuerySelectorAll(".bars > path").Length);
        Assert.Equal("down", overview.QuerySelector("tr[data-slug]")!.GetAttribute("data-state"));
        Assert.Contains(
            "\"state\":\"down\"",
            await site.GetAsync("/api/embed-status/lasting"),
            StringComparison.Ordinal
        );

        await storage.StopRedisAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        var after4 = await site.PageAsync("/status/lasting");
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var after6 = await site.PageAsync("/status/lasting");
        var overviewAfter6 = await site.PageAsync("/");

        Assert.Equal("down", after4.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Equal("unknown", after6.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Contains(
            "could not be refreshed since 21 Nov 2026, 14:37 UTC",
            after6.Body!.Words(),
            StringComparison.Ordinal
        );
        Assert.Contains("Last verified: Down, 21 Nov 2026, 14:36 UTC.", after6.Body!.Words(), StringComparison.Ordinal);
        Assert.Empty(after6.QuerySelectorAll(".verdict .s-live, .tile.s-live, .verdict.s-live"));
        Assert.Equal("unknown", overviewAfter6.QuerySelector("tr[data-slug]")!.GetAttribute("data-state"));
        Assert.Contains("data-state=\"unknown\"", await site.GetAsync("/badge/lasting.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_begins_without_Postgres_shows_what_others_were_told()
    {
        await using var site = await Site.OpenAsync();
        var server = await site.ListAsync("kept", "Kept");
        await site.SealAsync(Verdicts.Of(server));
        await site.GetAsync("/status/kept");
        await site.GetAsync("/");
        await Outage.CutOffAsync(site);

        await using var begun = await Site.OpenAsync(site.Storage);
        var page = await Eventually.GetAsync(
            () => begun.PageAsync("/status/kept"),
            found => found.QuerySelectorAll(".bars > path").Length == 90,
            Patience
        );
        var overview = await Eventually.GetAsync(
            () => begun.PageAsync("/"),
            found => found.QuerySelector("tr[data-slug]") is not null,
            Patience
        );

        Assert.Equal("live", page.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Equal("Kept", page.QuerySelector("h1")!.TextContent);
        Assert.Contains(
            "The archive cannot be read now",
            page.QuerySelector(".note")!.Words(),
            StringComparison.Ordinal
        );
        Assert.Equal("live", overview.QuerySelector("tr[data-slug]")!.GetAttribute("data-state"));
        Assert.Contains("\"state\":\"live\"", await begun.GetAsync("/api/embed-status/kept"), StringComparison.Ordinal);
        Assert.Contains("data-state=\"live\"", await begun.GetAsync("/badge/kept.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Redis_the_archive_answers()
    {
        await using var site = await Site.OpenAsync();
        var server = await site.ListAsync("archived");
        await new ArchivedRows(site.Storage.Doors).KeepAsync(Verdicts.Of(server));

        await site.Storage.StopRedisAsync();
        var page = await site.PageAsync("/status/archived");

        Assert.Equal("live", page.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Empty(page.QuerySelectorAll(".note"));
    }

    [Fact]
    public async Task A_page_that_was_never_read_cannot_say_but_its_badge_is_still_an_image()
    {
        await using var site = await Site.OpenAsync();
        await site.ListAsync("unread");
        await Outage.CutOffAsync(site);

        using var page = await site.Http.GetAsync("/status/unread");
        using var overview = await site.Http.GetAsync("/");
        using var embed = await site.Http.GetAsync("/api/embed-status/unread");
        using var badge = await site.Http.GetAsync("/badge/unread.svg");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, overview.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, embed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, badge.StatusCode);
    }

    [Fact]
    public async Task When_it_comes_back_the_page_is_fresh_again()
    {
        await using var site = await Site.OpenAsync();
        var server = await site.ListAsync("back");
        await site.SealAsync(Verdicts.Of(server));
        await site.GetAsync("/status/back");
        await Outage.CutOffAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(20));
        var away = await site.PageAsync("/status/back");

        await Outage.LetInAsync(site);
        await site.SealAsync(Verdicts.Of(server, minute: Site.Newest + 20));

        var page = await Eventually.GetAsync(
            () => site.PageAsync("/status/back"),
            found => found.QuerySelectorAll(".note").Length == 0,
            Patience
        );
        Assert.Equal("unknown", away.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Equal("Not verified since21 Nov 2026, 14:30 UTC", away.QuerySelector(".when")!.Words());
        Assert.Equal("live", page.QuerySelector("article")!.GetAttribute("data-state"));
    }
}
