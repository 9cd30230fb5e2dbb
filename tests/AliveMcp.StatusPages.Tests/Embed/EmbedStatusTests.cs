using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Tests.Embed;

public sealed class EmbedStatusTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task The_answer_has_exactly_the_keys_and_types_of_the_contract()
    {
        var server = await site.ListAsync("contract");
        await site.SealAsync(Verdicts.Of(server));

        var answer = JsonDocument.Parse(await site.GetAsync("/api/embed-status/contract")).RootElement;

        Assert.Equal(
            [
                "slug=contract",
                "state=live",
                "status=live",
                "uptime_30d=",
                "uptime_24h_pct=",
                "p95_ms=",
                "p95_latency_ms_24h=",
                "last_probe_at=2026-11-21T14:30:00+00:00",
                "schema_drift_in_last_24h=False",
                $"status_page_url={site.Url}/status/contract",
            ],
            answer.EnumerateObject().Select(key => $"{key.Name}={key.Value}")
        );
    }

    [Fact]
    public async Task The_published_schema_requires_every_key_and_no_other()
    {
        var server = await site.ListAsync("schema");
        await site.SealAsync(Verdicts.Of(server));

        using var got = await site.Http.GetAsync("/schemas/embed-status.json");
        var schema = JsonDocument.Parse(await got.Content.ReadAsStringAsync()).RootElement;
        var answer = JsonDocument.Parse(await site.GetAsync("/api/embed-status/schema")).RootElement;

        var keys = answer.EnumerateObject().Select(key => key.Name).ToList();
        Assert.Equal("application/schema+json", got.Content.Headers.ContentType?.MediaType);
        Assert.Equal(keys, schema.GetProperty("required").EnumerateArray().Select(key => key.GetString()));
        Assert.Equal(keys, schema.GetProperty("properties").EnumerateObject().Select(key => key.Name));
    }

    [Fact]
    public async Task It_may_be_kept_for_a_minute_by_everybody_and_read_from_any_page()
    {
        var server = await site.ListAsync("headers");
        await site.SealAsync(Verdicts.Of(server));

        using var answer = await site.Http.GetAsync("/api/embed-status/headers");
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=60, stale-while-revalidate=300", Header(answer, "Cache-Control"));
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"", Header(answer, "ETag"));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task Who_holds_the_answer_gets_304_and_no_body(string held)
    {
        var slug = "held-" + held.Length;
        var server = await site.ListAsync(slug);
        await site.SealAsync(Verdicts.Of(server));
        using var first = await site.Http.GetAsync($"/api/embed-status/{slug}");

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/embed-status/{slug}");
        again.Headers.TryAddWithoutValidation("If-None-Match", string.Format(null, held, Header(first, "ETag")));
        using var answer = await site.Http.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(Header(first, "ETag"), Header(answer, "ETag"));
        Assert.Equal(Header(first, "Cache-Control"), Header(answer, "Cache-Control"));
    }

    [Fact]
    public async Task A_new_minute_has_a_new_tag()
    {
        var server = await site.ListAsync("moves");
        await site.SealAsync(Verdicts.Of(server, minute: Site.Newest - 1));
        using var before = await site.Http.GetAsync("/api/embed-status/moves");
        await site.SealAsync(Verdicts.Of(server, ServerState.Down, Why.ConnectionRefused));

        using var after = await site.Http.GetAsync("/api/embed-status/moves");

        Assert.NotEqual(Header(before, "ETag"), Header(after, "ETag"));
        Assert.Contains("\"state\":\"down\"", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_tells_the_length_and_sends_nothing()
    {
        var server = await site.ListAsync("head");
        await site.SealAsync(Verdicts.Of(server));
        var body = await site.GetAsync("/api/embed-status/head");

        using var head = new HttpRequestMessage(HttpMethod.Head, "/api/embed-status/head");
        using var answer = await site.Http.SendAsync(head);

        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_private_server_and_one_that_does_not_exist_are_answered_alike()
    {
        // Private: watched and judged, but not among the public listings.
        var hidden = new ServerKey(new TenantId(2), new ServerId(900_001));
        var listed = await site.ListAsync("shown");
        await site.SealAsync(Verdicts.Of(listed with { Key = hidden, PublicSlug = "hidden" }));

        var answers = new List<string>();
        foreach (var slug in new[] { "hidden", "never-was", "Not_A_Slug", new string('x', 200) })
        {
            using var answer = await site.Http.GetAsync("/api/embed-status/" + slug);
            answer.Headers.Remove("Date");
            answers.Add(
                $"{answer.StatusCode}\n{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync()}"
            );
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.StartsWith("NotFound", answers[0], StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Origin: *", answers[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":\"server_not_found\"", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_may_ask_beforehand()
    {
        using var options = new HttpRequestMessage(HttpMethod.Options, "/api/embed-status/any");
        using var answer = await site.Http.SendAsync(options);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("If-None-Match", Header(answer, "Access-Control-Allow-Headers"));
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);
}
