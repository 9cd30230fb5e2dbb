using System.Net;
using AliveMcp.Dashboard.Tests.Sites;
using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Dashboard.Tests;

/// <summary>What attackers send.</summary>
public sealed class DoorTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task A_form_of_another_site_is_refused_even_with_a_good_token(string? from)
    {
        using var visit = site.Visit();
        await visit.OpenAsync("/sign-in");
        var token = visit.Page.QuerySelector("input[name=form_token]")!.GetAttribute("value")!;

        await visit.PostAsync("/sign-in", [("form_token", token), ("email", "a@example.com")], from);

        Assert.Equal(HttpStatusCode.Forbidden, visit.Answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_form_without_this_browser_s_token_is_refused(string token)
    {
        using var visit = site.Visit();
        await visit.OpenAsync("/sign-in");

        await visit.PostAsync("/sign-in", [("form_token", token), ("email", "a@example.com")], "same-origin");

        Assert.Equal(HttpStatusCode.Forbidden, visit.Answer.StatusCode);
    }

    [Fact]
    public async Task Another_browser_s_token_is_none()
    {
        using var mine = site.Visit();
        using var theirs = site.Visit();
        await mine.OpenAsync("/sign-in");
        await theirs.OpenAsync("/sign-in");
        var token = mine.Page.QuerySelector("input[name=form_token]")!.GetAttribute("value")!;

        await theirs.PostAsync("/sign-in", [("form_token", token), ("email", "a@example.com")], "same-origin");

        Assert.Equal(HttpStatusCode.Forbidden, theirs.Answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_longer_than_any_form_is_refused()
    {
        using var visit = site.Visit();
        await visit.OpenAsync("/sign-in");
        var token = visit.Page.QuerySelector("input[name=form_token]")!.GetAttribute("value")!;

        await visit.PostAsync("/sign-in", [("form_token", token), ("email", new string('a', 20_000))], "same-origin");

        Assert.Equal(HttpStatusCode.BadRequest, visit.Answer.StatusCode);
    }

    [Fact]
    public async Task A_Host_that_is_not_ours_gets_no_link_and_no_letter()
    {
        using var visit = site.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, visit.Here + "/sign-in");
        request.Headers.Host = "evil.example";
        using var answer = await visit.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Not over this connection", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/tenants")]
    [InlineData("/t/local/members")]
    [InlineData("/t/local/keys")]
    [InlineData("/account/second-factor")]
    public async Task A_stranger_is_led_to_the_door(string path)
    {
        using var visit = site.Visit();

        await visit.OpenAsync(path);

        Assert.Equal("Sign in", visit.Page.QuerySelector("h1")!.TextContent);
        Assert.Equal(path, visit.Page.QuerySelector("input[name=next]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Pages_are_kept_by_nobody_run_no_script_and_stand_in_no_frame()
    {
        using var visit = site.Visit();
        await visit.OpenAsync("/sign-in");
        var headers = visit.Answer.Headers;

        Assert.Equal("no-store", headers.CacheControl?.ToString());
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Empty(visit.Page.QuerySelectorAll("script, [style], [onclick]"));
        Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var visit = site.Visit();
        await visit.OpenAsync("/sign-in");
        var cookie = visit.Answer.Headers.GetValues("Set-Cookie").Single();

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("alivemcp_browser=", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in/confirm?token=x")]
    [InlineData("/sign-in/confirm?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/sign-in/confirm")]
    [InlineData("/sign-in/owner?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/invitation?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/sign-in/callback/github?code=x&state=y")]
    public async Task A_link_that_is_none_is_answered_with_a_page(string path)
    {
        using var visit = site.Visit();

        await visit.OpenAsync(path);

        Assert.InRange((int)visit.Answer.StatusCode, 400, 499);
        Assert.NotNull(visit.Page.QuerySelector("h1"));
    }

    [Fact]
    public async Task A_session_cookie_that_is_made_up_opens_nothing()
    {
        using var visit = site.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, visit.Here + "/account");
        request.Headers.Add("Cookie", "alivemcp_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        using var answer = await visit.Http.SendAsync(request);

        Assert.Equal("/sign-in?next=%2Faccount", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public void A_form_token_is_compared_with_its_own_secret_alone()
    {
        Assert.True(FormToken.IsGood(FormToken.Of("a"), "a"));
        Assert.False(FormToken.IsGood(FormToken.Of("a"), "b"));
        Assert.False(FormToken.IsGood(null, "a"));
        Assert.False(FormToken.IsGood(FormToken.Of("a"), null));
        Assert.NotNull(site.Services.GetRequiredService<WebCookies>());
    }
}
