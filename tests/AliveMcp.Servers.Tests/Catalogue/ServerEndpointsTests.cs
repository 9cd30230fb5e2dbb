using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;

namespace AliveMcp.Servers.Tests.Catalogue;

/// <summary>The room's endpoints on a real socket: a stranger, the install's owner, and Charlie of another tenant.</summary>
public sealed class ServerEndpointsTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private const string Owners = """
        servers:
          - { slug: open, url: "https://open.example/mcp", tags: [a] }
          - { slug: hidden, url: "https://hidden.example/mcp", visibility: private, expects: protected, expected_tools: [get] }
        """;

    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private string _owner = "";
    private string _charlie = "";

    public async ValueTask InitializeAsync()
    {
        _client.BaseAddress = api.Url;
        _owner = (await File.ReadAllTextAsync(api.TokenFile)).Trim();
        _charlie = await api.GiveKeyAsync(ServersApi.Charlie, "write");
        await ApplyAsync(_owner, Owners);
        await ApplyAsync(_charlie, "servers: [{ slug: open, url: 'https://charlie.example/mcp' }]");
    }

    [Fact]
    public async Task A_stranger_sees_the_public_servers_of_everybody_and_their_public_facts_only()
    {
        var (_, page) = await GetAsync("/api/v1/servers");

        Assert.Equal(["open", "open-2"], Slugs(page));
        Assert.Equal(
            """{"slug":"open","public_slug":"open","name":"open","url":"https://open.example","tags":["a"],"visibility":"public","paused":false}""",
            page["servers"]![0]!.ToJsonString()
        );
    }

    [Fact]
    public async Task The_owner_also_sees_the_private_ones_with_their_settings()
    {
        var (_, page) = await GetAsync("/api/v1/servers", _owner);
        var (_, hidden) = await GetAsync("/api/v1/servers/hidden", _owner);

        Assert.Equal(["open", "hidden", "open-2"], Slugs(page));
        Assert.Equal("https://hidden.example/mcp", (string?)hidden["url"]);
        Assert.Equal("protected", (string?)hidden["expects"]);
        Assert.Equal("get", (string?)hidden["expected_tools"]![0]);
        Assert.Null(hidden["public_slug"]);
    }

    [Fact]
    public async Task Charlie_finds_his_own_under_his_slug_and_nothing_private_of_others()
    {
        var (_, own) = await GetAsync("/api/v1/servers/open", _charlie);
        var (hidden, problem) = await GetAsync("/api/v1/servers/hidden", _charlie);
        var (_, page) = await GetAsync("/api/v1/servers", _charlie);

        Assert.Equal("https://charlie.example/mcp", (string?)own["url"]);
        Assert.Equal(HttpStatusCode.NotFound, hidden);
        Assert.Equal("server_not_found", (string?)problem["code"]);
        Assert.Equal(["open", "open"], Slugs(page));
    }

    [Fact]
    public async Task An_owner_finds_his_server_by_its_public_slug_too()
    {
        var (_, own) = await GetAsync("/api/v1/servers/open-2", _charlie);

        Assert.Equal("open", (string?)own["slug"]);
        Assert.Equal("https://charlie.example/mcp", (string?)own["url"]);
    }

    [Fact]
    public async Task Private_unknown_and_nonsense_are_the_same_not_found_to_a_stranger()
    {
        foreach (var slug in (string[])["hidden", "never-was", "..%2f..", "%F0%9F%98%80", "a%20b", "HIDDEN"])
        {
            var (status, problem) = await GetAsync("/api/v1/servers/" + slug);

            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Equal("server_not_found", (string?)problem["code"]);
        }
    }

    [Fact]
    public async Task A_server_that_asked_us_to_wait_says_until_when_and_why_as_long_as_it_holds()
    {
        var until = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 7_200);
        await AskToWaitAsync("charlie", until);
        await AskToWaitAsync("local", TimeProvider.System.GetUtcNow().AddMinutes(-1));

        var (_, waits) = await GetAsync("/api/v1/servers/open-2");
        var (_, own) = await GetAsync("/api/v1/servers/open", _charlie);
        var (_, over) = await GetAsync("/api/v1/servers/open");
        var (_, status) = await GetAsync("/api/v1/servers/open-2/status");

        Assert.Equal(until, (DateTimeOffset?)waits["backoff"]!["until"]);
        Assert.Equal("asked", (string?)waits["backoff"]!["why"]);
        Assert.Equal(
            $"The server asked us to look less often until {until.UtcDateTime:HH:mm} UTC.",
            (string?)waits["backoff"]!["detail"]
        );
        Assert.Equal(waits["backoff"]!.ToJsonString(), own["backoff"]!.ToJsonString());
        Assert.Null(over["backoff"]);
        Assert.Equal(until, (DateTimeOffset?)status["backoff_until"]);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        var seen = new List<string?>();
        var next = 0;
        do
        {
            var (_, page) = await GetAsync($"/api/v1/servers?take=1&after={next}", _owner);
            seen.AddRange(Slugs(page));
            next = (int?)page["next"] ?? 0;
        } while (next > 0);

        Assert.Equal(["open", "hidden", "open-2"], seen);
    }

    [Fact]
    public async Task Nobody_applies_without_a_token_and_nobody_for_another_tenant()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("", "servers: []")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("amcp_live_wrong", "servers: []")).Status);
        var reader = await api.GiveKeyAsync(TenantId.Local, "read");
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(reader, "servers: []")).Status);

        var (_, answer) = await PostAsync(_charlie, "servers: []", "?prune=true&dry_run=true");
        Assert.Equal("""["open"]""", answer["erased"]!.ToJsonString());
        Assert.Equal(3, Slugs((await GetAsync("/api/v1/servers", _owner)).Json).Count());
    }

    [Fact]
    public async Task The_answer_names_what_changed()
    {
        var (status, answer) = await PostAsync(
            _owner,
            Owners.Replace("tags: [a]", "tags: [b]", StringComparison.Ordinal),
            "?dry_run=true"
        );

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"dry_run":true,"created":[],"changed":["open"],"paused":[],"resumed":[],"erased":[],"unchanged":["hidden"],"fields":{"open":["tags"]}}""",
            answer.ToJsonString()
        );
    }

    [Fact]
    public async Task Everything_wrong_comes_back_at_once()
    {
        var (status, problem) = await PostAsync(_owner, "servers: [{ slug: A }, { url: b, slug: c }]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("slug_invalid", (string?)problem["code"]);
        Assert.Equal(
            ["servers[0].slug", "servers[0].url", "servers[1].url"],
            problem["errors"]!.AsArray().Select(error => (string?)error!["field"])
        );
    }

    [Fact]
    public async Task A_body_that_never_ends_and_one_that_is_no_text_are_refused()
    {
        var (large, _) = await PostAsync(_owner, new string('#', 1024 * 1024 + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/servers/apply")
        {
            Content = new ByteArrayContent([0xff, 0xfe, 0x00]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _owner);
        using var answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task The_schema_is_served_to_editors()
    {
        var (status, schema) = await GetAsync("/schemas/alivemcp.json");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("alivemcp.yaml", (string?)schema["title"]);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>As the collector notes it.</summary>
    private async Task AskToWaitAsync(string tenant, DateTimeOffset until)
    {
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        var server = await connection.ExecuteScalarAsync<int>(
            "SELECT server_id FROM servers.server JOIN tenancy.tenant AS owner USING (tenant_id) WHERE server.slug = 'open' AND owner.slug = @tenant",
            new { tenant }
        );
        await api.Storage.Redis.Database.HashSetAsync(
            HandoverKeys.Hot(new ServerId(server)),
            HandoverKeys.HotPause,
            until.ToUnixTimeMilliseconds()
        );
    }

    private static IEnumerable<string?> Slugs(JsonNode page) =>
        page["servers"]!.AsArray().Select(server => (string?)server!["slug"]);

    private async Task ApplyAsync(string token, string file)
    {
        var (status, answer) = await PostAsync(token, file);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> PostAsync(string token, string file, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/servers/apply" + query)
        {
            Content = new StringContent(file, Encoding.UTF8, "application/yaml"),
        };
        return await SendAsync(request, token);
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> GetAsync(string path, string token = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, token);
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> SendAsync(HttpRequestMessage request, string token)
    {
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
