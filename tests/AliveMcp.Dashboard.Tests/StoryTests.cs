using System.Net;
using System.Text.RegularExpressions;
using AliveMcp.Dashboard.Tests.Sites;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Dashboard.Tests;

/// <summary>People come in, make tenants, invite each other. Two web processes take turns at every step.</summary>
public sealed partial class StoryTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Somebody_signs_in_by_mail_makes_a_tenant_and_signs_out()
    {
        using var alice = await SignInAsync("alice@example.com");
        Assert.Contains("In none so far", alice.Text, StringComparison.Ordinal);

        await alice.PressAsync("Make it", ("name", "Acme Ltd."), ("slug", "acme"));
        Assert.Equal("Acme Ltd.", alice.Page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Your tenant is ready.", alice.Text, StringComparison.Ordinal);

        await alice.PressAsync("Sign out");
        await alice.OpenAsync("/t/acme/members");
        Assert.Equal("Sign in", alice.Page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task An_invited_person_joins_and_a_stranger_finds_nothing()
    {
        using var owner = await SignInAsync("olivia@example.com");
        await owner.PressAsync("Make it", ("name", "Olive"), ("slug", "olive"));
        await owner.PressAsync("Invite", ("email", "bob@example.com"), ("role", "viewer"));
        Assert.Contains("The invitation is on its way.", owner.Text, StringComparison.Ordinal);

        using var bob = site.Visit();
        await bob.OpenAsync(LinkIn(await site.Mail.LetterToAsync("bob@example.com")));
        Assert.Contains("Join Olive", bob.Text, StringComparison.Ordinal);
        await bob.PressAsync("Make my account and join");
        await bob.PressAsync("Join");
        Assert.Contains("You have joined.", bob.Text, StringComparison.Ordinal);
        Assert.Empty(bob.Page.QuerySelectorAll("form[action$='/invite']"));
        await bob.OpenAsync("/t/olive/keys");
        Assert.Equal(HttpStatusCode.Forbidden, bob.Answer.StatusCode);

        using var charlie = await SignInAsync("charlie@example.com");
        await charlie.OpenAsync("/t/olive/members");
        var hidden = (charlie.Answer.StatusCode, charlie.Page.QuerySelector("main")!.TextContent);
        await charlie.OpenAsync("/t/no-such-tenant/members");
        Assert.Equal((charlie.Answer.StatusCode, charlie.Page.QuerySelector("main")!.TextContent), hidden);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task The_answer_for_a_known_and_for_an_unknown_address_is_the_same()
    {
        using var known = await SignInAsync("known@example.com");
        var (first, second) = (await AskAsync("known@example.com"), await AskAsync("unknown-yet@example.com"));

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_opens_the_tenant_until_it_is_revoked()
    {
        using var alice = await SignInAsync("keys@example.com");
        await alice.PressAsync("Make it", ("name", "Keys"), ("slug", "keys"));
        await alice.OpenAsync("/t/keys/keys");
        await alice.PressAsync("Issue", ("name", "build server"), ("scope", "read"));
        var token = alice.Page.QuerySelector(".secret")!.TextContent;
        Assert.StartsWith("amcp_live_", token, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await ServersAsync(alice, "Bearer " + token));
        await alice.OpenAsync("/t/keys/keys");
        Assert.DoesNotContain(token, alice.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        await alice.PressAsync("Revoke");

        Assert.Equal(HttpStatusCode.Unauthorized, await ServersAsync(alice, "Bearer " + token));
    }

    [Fact]
    public async Task A_suspended_tenant_is_read_and_not_changed()
    {
        using var alice = await SignInAsync("suspended@example.com");
        await alice.PressAsync("Make it", ("name", "Late"), ("slug", "late"));
        var standings = site.Services.GetRequiredService<TenantStandings>();
        var slugs = site.Services.GetRequiredService<TenantDesk>();
        await using (var connection = await site.Storage.Doors.AllTenants.OpenConnectionAsync())
        {
            var number = await connection.ExecuteScalarAsync<int>(
                "SELECT tenant_id FROM tenancy.tenant WHERE slug = 'late'"
            );
            await standings.ChangeAsync(
                new TenantId(number),
                TenantStatus.Suspended,
                "spam",
                Actor.System,
                CancellationToken.None
            );
        }

        await alice.OpenAsync("/t/late/members");
        Assert.Contains("This tenant is suspended: spam.", alice.Text, StringComparison.Ordinal);
        await alice.PressAsync("Invite", ("email", "x@example.com"));

        Assert.Equal(HttpStatusCode.Forbidden, alice.Answer.StatusCode);
        Assert.NotNull(slugs);
    }

    [Fact]
    public async Task A_second_factor_is_set_up_and_asked_for()
    {
        using var alice = await SignInAsync("factor@example.com");
        await alice.OpenAsync("/account/second-factor");
        var secret = alice.Page.QuerySelector(".secret")!.TextContent;
        var step = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;
        await alice.PressAsync("Turn it on", ("code", AuthenticatorApp.CodeOf(secret, step)));
        var recovery = alice.Page.QuerySelectorAll(".codes li").Select(item => item.TextContent).ToList();
        Assert.Equal(10, recovery.Count);

        using var again = await SignInAsync("factor@example.com");
        Assert.Equal("Your code", again.Page.QuerySelector("h1")!.TextContent);
        await again.OpenAsync("/tenants");
        Assert.Equal("Your code", again.Page.QuerySelector("h1")!.TextContent);
        await again.PressAsync("Go on", ("code", AuthenticatorApp.CodeOf(secret, step)));
        Assert.Contains("That code is not good", again.Text, StringComparison.Ordinal);
        await again.PressAsync("Go on", ("code", recovery[0]));
        Assert.Equal("Your tenants", again.Page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_from_elsewhere()
    {
        using var here = await SignInAsync("two-browsers@example.com");
        using var there = await SignInAsync("two-browsers@example.com");
        await here.OpenAsync("/account");
        Assert.Equal(2, here.Page.QuerySelectorAll(".rows > li").Length);

        await here.PressAsync("End all others");

        await there.OpenAsync("/account");
        Assert.Equal("Sign in", there.Page.QuerySelector("h1")!.TextContent);
        await here.OpenAsync("/account");
        Assert.Equal("Your account", here.Page.QuerySelector("h1")!.TextContent);
    }

    /// <summary>By a letter, as everybody does.</summary>
    private async Task<Visit> SignInAsync(string email)
    {
        var visit = site.Visit();
        await visit.OpenAsync("/sign-in");
        var before = site.Mail.Letters.Count(letter => letter.To == email);
        await visit.PressAsync("Send me a link", ("email", email));
        Assert.Equal("Look into your mail", visit.Page.QuerySelector("h1")!.TextContent);
        await AliveMcp.Testing.Time.Eventually.GetAsync(
            () => Task.FromResult(site.Mail.Letters.Count(letter => letter.To == email)),
            count => count > before,
            TimeSpan.FromSeconds(60)
        );
        await visit.OpenAsync(LinkIn(await site.Mail.LetterToAsync(email)));
        Assert.Contains(email, visit.Text, StringComparison.Ordinal);
        return await visit.PressAsync("Sign in");
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string email)
    {
        using var visit = site.Visit();
        await visit.OpenAsync("/sign-in");
        await visit.PressAsync("Send me a link", ("email", email));
        return (visit.Answer.StatusCode, visit.Page.QuerySelector("main")!.OuterHtml);
    }

    private static async Task<HttpStatusCode> ServersAsync(Visit visit, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, visit.Here + "/api/v1/servers");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await visit.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static string LinkIn(string letter) => Link().Match(letter).Value;

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
