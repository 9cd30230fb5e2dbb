using System.Net;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Testing.Time;
using Npgsql;

namespace AliveMcp.StatusPages.Tests.Standings;

/// <summary>Postgres goes away, for good or for a while.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task The_last_good_page_stays_and_after_five_minutes_it_is_no_longer_believed()
    {
        await using var site = await Site.OpenAsync();
        var server = await site.ListAsync("lasting", "Lasting");
        await site.SealAsync(Verdicts.Of(server));
        var good = await site.GetAsync("/status/lasting");
        await site.GetAsync("/");

        await CutOffAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        var after4 = await site.PageAsync("/status/lasting");
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var after6 = await site.PageAsync("/status/lasting");
        var overview = await site.PageAsync("/");

        Assert.Equal("live", Page.Parse(good).QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Equal("live", after4.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Equal("unknown", after6.QuerySelector("article")!.GetAttribute("data-state"));
        Assert.Contains(
            "could not be refreshed since 21 Nov 2026, 14:31 UTC",
            after6.Body!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(after6.QuerySelectorAll(".verdict .s-live, .tile.s-live, .verdict.s-live"));
        Assert.Equal("unknown", overview.QuerySelector("tr[data-slug]")!.GetAttribute("data-state"));
        Assert.Contains(
            "\"state\":\"unknown\"",
            await site.GetAsync("/api/embed-status/lasting"),
            StringComparison.Ordinal
        );
        Assert.Contains("data-state=\"unknown\"", await site.GetAsync("/badge/lasting.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_was_never_read_cannot_say_but_its_badge_is_still_an_image()
    {
        await using var site = await Site.OpenAsync();
        await site.ListAsync("unread");
        await CutOffAsync(site);

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
        await CutOffAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await site.GetAsync("/status/back");

        await RunAsync(site, "GRANT CONNECT ON DATABASE {0} TO PUBLIC");
        await site.SealAsync(Verdicts.Of(server, minute: Site.Newest + 6));

        var page = await Eventually.GetAsync(
            () => site.PageAsync("/status/back"),
            found => found.QuerySelector("article")!.GetAttribute("data-state") == "live",
            TimeSpan.FromSeconds(20)
        );
        Assert.DoesNotContain("could not be refreshed", page.Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>This test's own database refuses everybody but the bootstrap user.</summary>
    private static async Task CutOffAsync(Site site)
    {
        await RunAsync(site, "REVOKE CONNECT ON DATABASE {0} FROM PUBLIC, alivemcp_app, alivemcp_worker");
        await RunAsync(
            site,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{0}' AND pid <> pg_backend_pid()"
        );
    }

    private static async Task RunAsync(Site site, string sql)
    {
        var bootstrap = site.Storage.Options.Bootstrap;
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(bootstrap.ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is the fixture's own.
        command.CommandText = string.Format(null, sql, bootstrap.Database);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
