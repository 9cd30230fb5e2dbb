using System.Net;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.StatusPages.Tests.Subscribers;

/// <summary>How a visitor says that she wants to hear: by a form, without script, cookie or session.</summary>
public sealed class SubscribePagesTests(MailingSite mailing, Site bare)
    : IClassFixture<MailingSite>,
        IClassFixture<Site>
{
    private Site Site => mailing.Site;

    [Fact]
    public async Task The_status_page_says_near_its_top_how_one_hears()
    {
        var server = await Site.ListAsync("hear");
        await Site.SealAsync(Verdicts.Of(server));

        var page = await Site.PageAsync("/status/hear");

        var parts = page.QuerySelectorAll("main > article > *")
            .Select(part => part.ClassName ?? part.LocalName)
            .ToList();
        Assert.Equal(["title", "hear"], new[] { parts[0], parts[2] });
        Assert.Equal("/status/hear/subscribe", page.QuerySelector(".hear a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_form_takes_an_address_and_says_the_same_twice()
    {
        var server = await Site.ListAsync("form");

        var (first, said) = await SendAsync("form", new() { ["email"] = "visitor@example.com" });
        var (second, again) = await SendAsync("form", new() { ["email"] = "visitor@example.com" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, second));
        Assert.Contains("a letter is on its way", said, StringComparison.Ordinal);
        Assert.Equal(said, again);
        Assert.DoesNotContain("visitor@example.com", said, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(server.Key.Server.Value));
    }

    [Fact]
    public async Task The_page_is_kept_by_nobody_and_sets_no_cookie()
    {
        await Site.ListAsync("plain");

        using var answer = await Site.Http.GetAsync("/status/plain/subscribe");

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("email", "<script>alert(1)</script>")]
    [InlineData("webhook", "http://127.0.0.1/x")]
    public async Task What_is_no_place_is_said_and_stays_to_be_put_right(string field, string typed)
    {
        var slug = $"wrong-{field}";
        var server = await Site.ListAsync(slug);

        var (status, html) = await SendAsync(slug, new() { [field] = typed });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(server.Key.Server.Value));
    }

    [Fact]
    public async Task Another_site_s_form_is_not_taken()
    {
        var server = await Site.ListAsync("forged");

        var (status, _) = await SendAsync("forged", new() { ["email"] = "victim@example.com" }, site: "cross-site");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(0, await CountAsync(server.Key.Server.Value));
    }

    [Fact]
    public async Task A_body_that_is_no_form_or_too_long_is_not_taken()
    {
        await Site.ListAsync("long");

        var (status, _) = await SendAsync("long", new() { ["email"] = new string('a', 5_000) });
        using var json = new StringContent("{}");
        using var other = await Site.Http.PostAsync("/status/long/subscribe", json);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (status, other.StatusCode));
    }

    [Fact]
    public async Task An_install_without_mail_or_keys_shows_the_feeds_alone()
    {
        await bare.ListAsync("bare");

        var page = await bare.PageAsync("/status/bare/subscribe");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "a@example.com" });
        using var sent = await bare.Http.PostAsync("/status/bare/subscribe", form);

        Assert.Empty(page.QuerySelectorAll("form"));
        Assert.NotNull(page.QuerySelector("a[href='/status/bare/feed.atom']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
    }

    [Fact]
    public async Task A_private_or_unknown_server_has_no_such_page()
    {
        using var shown = await Site.Http.GetAsync("/status/nobody/subscribe");
        var (sent, _) = await SendAsync("nobody", new() { ["email"] = "a@example.com" });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, sent));
    }

    private async Task<(HttpStatusCode Status, string Html)> SendAsync(
        string slug,
        Dictionary<string, string> fields,
        string site = "same-origin"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/status/{slug}/subscribe")
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await Site.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<int> CountAsync(int server)
    {
        await using var connection = await Site.Storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "SELECT count(*)::int FROM alerting.subscription WHERE server_id = @server",
            new { server }
        );
    }
}

/// <summary>A site whose install has a mail server (which nobody asks here), an address of its own, and keys.</summary>
public sealed class MailingSite : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-mailing-");

    public MailingSite()
    {
        var keys = Path.Combine(_folder.FullName, "keys");
        KeyFile.AddVersion(keys);
        Site = new Site
        {
            Furnish = builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Secrets:KeyFile", keys)]);
                builder.Services.Configure<SignInOptions>(options =>
                    options.PublicUrl = new Uri("https://alivemcp.example.com")
                );
                builder.Services.Configure<MailOptions>(options =>
                {
                    (options.Host, options.Port, options.Security) = ("127.0.0.1", 9, "none");
                    options.From = "alerts@example.com";
                });
            },
        };
    }

    public Site Site { get; }

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
