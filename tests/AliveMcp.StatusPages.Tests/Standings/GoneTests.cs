using System.Net;
using AliveMcp.StatusPages.Kept;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Testing.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.StatusPages.Tests.Standings;

/// <summary>A server was made private or erased, and then Postgres goes away: what is remembered of it is nobody's to see.</summary>
public sealed class GoneTests
{
    [Fact]
    public async Task A_server_that_was_seen_to_be_gone_does_not_come_back()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site, "closing");
        await CloseAsync(site, "closing");
        var gone = await StatusOfAsync(site, "/status/closing");

        await Outage.CutOffAsync(site);

        Assert.Equal(HttpStatusCode.NotFound, gone);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(site, "/status/closing"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(site, "/api/embed-status/closing"));
    }

    [Fact]
    public async Task Nor_one_that_nobody_asked_for_since_in_no_process()
    {
        await using var site = await Site.OpenAsync();
        await OpenAsync(site, "staying");
        await OpenAsync(site, "leaving");
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await CloseAsync(site, "leaving");
        var sweep = ActivatorUtilities.CreateInstance<KeptSweep>(site.Services, NullLogger<KeptSweep>.Instance);
        await sweep.SweepAsync(TestContext.Current.CancellationToken);

        await Outage.CutOffAsync(site);
        await using var begun = await Site.OpenAsync(site.Storage);

        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(site, "/status/leaving"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(site, "/status/staying"));
        Assert.NotEqual(HttpStatusCode.OK, await StatusOfAsync(begun, "/status/leaving"));
        foreach (var each in new[] { site, begun })
        {
            var overview = await Eventually.GetAsync(
                () => each.PageAsync("/"),
                found => found.QuerySelector("tr[data-slug]") is not null,
                TimeSpan.FromSeconds(60)
            );
            Assert.Equal(
                ["staying"],
                overview.QuerySelectorAll("tr[data-slug]").Select(row => row.GetAttribute("data-slug"))
            );
        }
    }

    [Fact]
    public async Task That_others_are_verified_keeps_no_server_green()
    {
        await using var site = await Site.OpenAsync();
        var seen = await OpenAsync(site, "seen");
        var silent = await OpenAsync(site, "silent");
        await Outage.CutOffAsync(site);

        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await site.SealAsync(Verdicts.Of(seen, minute: Site.Newest + 6));
        await site.Storage.Redis.Database.KeyDeleteAsync(Vocabulary.Handover.HandoverKeys.Hot(silent.Key.Server));
        var overview = await site.PageAsync("/");

        Assert.Equal("live", overview.QuerySelector("tr[data-slug=seen]")!.GetAttribute("data-state"));
        Assert.Equal("unknown", overview.QuerySelector("tr[data-slug=silent]")!.GetAttribute("data-state"));
    }

    /// <summary>Lists a live server and has its page and all rows remembered.</summary>
    private static async Task<Servers.Catalogue.ListedServer> OpenAsync(Site site, string slug)
    {
        var server = await site.ListAsync(slug, slug);
        await site.SealAsync(Verdicts.Of(server));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(site, "/status/" + slug));
        Assert.Contains(slug, await site.GetAsync("/"), StringComparison.Ordinal);
        return server;
    }

    private static async Task CloseAsync(Site site, string slug)
    {
        await using var connection = await site.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM servers.public_listing WHERE public_slug = @slug", new { slug });
    }

    private static async Task<HttpStatusCode> StatusOfAsync(Site site, string path)
    {
        using var answer = await site.Http.GetAsync(path);
        return answer.StatusCode;
    }
}
