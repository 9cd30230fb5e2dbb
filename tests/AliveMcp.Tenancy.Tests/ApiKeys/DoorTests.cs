using System.Net;
using System.Text.Json.Nodes;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.ApiKeys;

/// <summary>The API's door, knocked at over a real socket.</summary>
public sealed class DoorTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        install.AddTo(builder.Services);
        _app = builder.Build();
        _app.MapGet("/open", (TenantScope scope) => scope.Tenant?.ToString() ?? "nobody").RefusingBadTokens();
        _app.MapGet("/read", (TenantScope scope) => $"{scope.Tenant}").RequireAuthorization(Can.ReadServers);
        _app.MapPost("/write", (TenantScope scope) => $"{scope.Tenant}").RequireAuthorization(Can.WriteServers);
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    [Fact]
    public async Task Without_a_token_open_reads_act_for_nobody()
    {
        var (status, text) = await SendAsync(HttpMethod.Get, "/open");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("nobody", text);
    }

    [Fact]
    public async Task Without_a_token_a_write_is_answered_with_the_way_in()
    {
        using var answer = await _client.PostAsync("/write", content: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("token_missing", (string?)problem["code"]);
        Assert.Equal("urn:alivemcp:problem:token_missing", (string?)problem["type"]);
        Assert.Equal(401, (int?)problem["status"]);
    }

    [Fact]
    public async Task A_good_token_acts_for_its_own_tenant()
    {
        var token = await IssueAsync(Install.Charlies, "write");

        Assert.Equal((HttpStatusCode.OK, "77"), await SendAsync(HttpMethod.Post, "/write", "Bearer " + token));
        Assert.Equal((HttpStatusCode.OK, "77"), await SendAsync(HttpMethod.Get, "/open", "bearer  " + token));
    }

    [Fact]
    public async Task A_token_that_may_only_read_is_told_what_it_lacks()
    {
        var token = await IssueAsync(Install.Charlies, "read");

        var (status, text) = await SendAsync(HttpMethod.Post, "/write", "Bearer " + token);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("scope_missing", (string?)JsonNode.Parse(text)!["code"]);
        Assert.Equal((HttpStatusCode.OK, "77"), await SendAsync(HttpMethod.Get, "/read", "Bearer " + token));
    }

    [Theory]
    [InlineData("Bearer amcp_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic YWxpY2U6c2VjcmV0")]
    [InlineData("amcp_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_bad_token_is_refused_even_where_strangers_may_read(string header)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/open"), (HttpMethod.Post, "/write") })
        {
            var (status, text) = await SendAsync(method, path, header);

            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Equal("token_refused", (string?)JsonNode.Parse(text)!["code"]);
        }
    }

    [Fact]
    public async Task Two_tokens_at_once_are_none()
    {
        var token = await IssueAsync(TenantId.Local, "write");

        var (status, _) = await SendAsync(HttpMethod.Get, "/open", "Bearer " + token, "Bearer " + token);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task A_token_in_the_query_is_not_looked_at()
    {
        var token = await IssueAsync(TenantId.Local, "write");

        var (status, _) = await SendAsync(HttpMethod.Post, "/write?access_token=" + token);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(
        HttpMethod method,
        string path,
        params string[] authorization
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> IssueAsync(TenantId tenant, string scope)
    {
        var token = await install.AsAsync(
            tenant,
            services =>
                services
                    .GetRequiredService<ApiKeyDesk>()
                    .IssueAsync("a test's", [scope], expiresAt: null, CancellationToken.None)
        );
        return token.Text;
    }
}
