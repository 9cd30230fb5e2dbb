using System.Net;
using System.Text;
using AliveMcp.StatusPages.Tests.Looks;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Vocabulary;
using AngleSharp.Dom;

namespace AliveMcp.StatusPages.Tests.Pages;

public sealed class StatusPageTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task State_access_and_depth_stand_there_in_words_and_for_machines()
    {
        var server = await site.ListAsync("words", "Fares", "travel");
        await site.SealAsync(Verdicts.Of(server, access: Access.Protected));

        var page = await site.PageAsync("/status/words");

        var verdict = page.QuerySelector(".verdict")!;
        Assert.Equal("Fares", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Live, sign-in required, tools not checked", verdict.QuerySelector(".headline")!.TextContent);
        Assert.Equal("live", verdict.GetAttribute("data-state"));
        Assert.Equal("protected", verdict.GetAttribute("data-access"));
        Assert.Equal("gate", verdict.GetAttribute("data-verified-to"));
    }

    [Fact]
    public async Task The_why_is_a_sentence_with_its_reason_and_layer()
    {
        var server = await site.ListAsync("why");
        await site.SealAsync(Verdicts.Of(server, ServerState.Down, Why.TlsExpired) with { FailedAt = ProbeStep.Tls });

        var page = await site.PageAsync("/status/why");

        Assert.Equal(
            "Down The certificate has expired. Reason tls_expired Layer tls",
            Said(page.QuerySelector(".says")!)
        );
        Assert.Equal("down", page.QuerySelector("[data-region=local]")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task Before_the_first_verdict_it_says_that_none_was_given_yet()
    {
        await site.ListAsync("fresh");

        var page = await site.PageAsync("/status/fresh");

        Assert.Equal(
            "Unknown No minute has been judged yet. The first verdict takes about a minute.",
            Said(page.QuerySelector(".says")!)
        );
        Assert.Empty(page.QuerySelectorAll("main .s-live:not(.legend *)"));
    }

    [Fact]
    public async Task Everything_is_there_without_script_and_nothing_is_written_into_attributes_of_style()
    {
        var server = await site.ListAsync("plain");
        await site.SealAsync(Verdicts.Of(server));
        using var answer = await site.Http.GetAsync("/status/plain");
        var page = Page.Parse(await answer.Content.ReadAsStringAsync());

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotEmpty(answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]), [onclick], [onload]"));
        Assert.Equal(90, page.QuerySelectorAll(".bars > path").Length);
        Assert.NotNull(page.QuerySelector("details table th[scope=col]"));
        Assert.Contains(
            "(live + degraded) ÷ (live + degraded + down)",
            page.Body!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"]({site.Url}/status/plain)",
            page.QuerySelector("#badge-markdown")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_asset_that_a_page_names_exists_and_is_kept_for_ever()
    {
        await site.ListAsync("assets");
        var page = await site.PageAsync("/status/assets");

        foreach (
            var path in page.QuerySelectorAll("link[href^='/assets'], script[src]")
                .Select(node => node.GetAttribute("href") ?? node.GetAttribute("src"))
        )
        {
            using var asset = await site.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Equal(
                "public, max-age=31536000, immutable",
                string.Join(", ", asset.Headers.GetValues("Cache-Control"))
            );
        }

        Assert.Equal(
            HttpStatusCode.OK,
            (await site.Http.GetAsync(page.QuerySelector("link[rel=icon]")!.GetAttribute("href"))).StatusCode
        );
        Assert.Equal(HttpStatusCode.OK, (await site.Http.GetAsync("/favicon.svg")).StatusCode);
        Assert.Contains("User-agent: *", await site.GetAsync("/robots.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_given_again_as_304()
    {
        var server = await site.ListAsync("again");
        await site.SealAsync(Verdicts.Of(server));
        using var first = await site.Http.GetAsync("/status/again");

        using var again = new HttpRequestMessage(HttpMethod.Get, "/status/again");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var answer = await site.Http.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task Whatever_is_shown_stays_below_40_kilobytes()
    {
        await using var room = await Showroom.OpenAsync();
        foreach (var (name, show) in Shown.AllByName())
        {
            using var answer = await site.Http.GetAsync(await show(room));
            var html = await answer.Content.ReadAsStringAsync();
            Assert.True(
                Encoding.UTF8.GetByteCount(html) < 40_000,
                $"{name} has {Encoding.UTF8.GetByteCount(html)} bytes."
            );
        }
    }

    [Fact]
    public async Task What_a_stranger_chose_is_read_and_never_acts()
    {
        var name = "<script>alert(1)</script>\u202e\u0007\"'&";
        var server = await site.ListAsync("hostile", name, "<img src=x onerror=alert(1)>", "\u202etag");
        await site.SealAsync(Verdicts.Of(server));

        var html = await site.GetAsync("/status/hostile");
        var page = Page.Parse(html);

        Assert.Equal("<script>alert(1)</script>\\u{202e}\\u{7}\"'&", page.QuerySelector("h1")!.TextContent);
        Assert.All(page.QuerySelectorAll("script"), script => Assert.NotNull(script.GetAttribute("src")));
        Assert.Equal(2, page.QuerySelectorAll(".tags a").Length);
        Assert.DoesNotContain('\u202e', html);
    }

    [Theory]
    [InlineData("/status/never-was")]
    [InlineData("/status/Not_A_Slug")]
    [InlineData("/no/such/page")]
    public async Task What_does_not_exist_gets_a_page_that_leads_on(string path)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, path);
        ask.Headers.Accept.ParseAdd("text/html");
        using var answer = await site.Http.SendAsync(ask);
        var page = Page.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Nothing public here", page.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.QuerySelector("form[role=search] input[name=q]"));
        Assert.NotNull(page.QuerySelector("main a[href='/']"));
    }

    private static string Said(IElement element) =>
        string.Join(
            ' ',
            element.Children.Select(child =>
                string.Join(
                    ' ',
                    child.ChildElementCount > 1 ? child.Children.Select(part => part.Words()) : [child.Words()]
                )
            )
        );
}
