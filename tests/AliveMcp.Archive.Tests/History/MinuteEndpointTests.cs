using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AliveMcp.Servers.Files;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Archive.Tests.History;

/// <summary>A public and a private server of the install, each with a minute; Charlie is somebody else with a token of his own.</summary>
public sealed class MinuteEndpointTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private const string File = """
        servers:
          - { slug: open, url: "https://open.example/mcp" }
          - { slug: hidden, url: "https://hidden.example/mcp", visibility: private }
        """;

    private static readonly MinuteStamp Minute = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) - 2;
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = api.Url };

    public async ValueTask InitializeAsync()
    {
        var path = Path.GetTempFileName();
        await System.IO.File.WriteAllTextAsync(path, File);
        var servers = api.Services.GetRequiredService<ServersFile>();
        await servers.ApplyFileAsync(TenantId.Local, path, new ApplyOptions(), CancellationToken.None);
        System.IO.File.Delete(path);
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM archive.verdict_minute");
        foreach (var id in await connection.QueryAsync<int>("SELECT server_id FROM servers.server"))
        {
            await new ArchivedRows(api.Storage.Doors).KeepAsync(Verdicts.Live(Verdicts.Local(id), Minute));
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_stranger_reads_the_minutes_of_a_public_server()
    {
        using var answer = await GetAsync("open/minutes?last=5", token: null);

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var minute = json.RootElement.GetProperty("minutes")[0];
        Assert.Equal(Minute.ToString(), minute.GetProperty("minute").GetString());
        Assert.Equal("live", minute.GetProperty("state").GetString());
        Assert.Equal(20, minute.GetProperty("latency_ms").GetInt32());
        Assert.Equal(JsonValueKind.Null, minute.GetProperty("failure_reason").ValueKind);
    }

    [Fact]
    public async Task A_stranger_reads_what_was_declared_of_a_public_servers_contract()
    {
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            DELETE FROM archive.contract_drift;
            INSERT INTO archive.contract_drift (tenant_id, server_id, minute, kind, from_hash, to_hash, to_list, from_key, to_key,
                gravest, classes, change_count, changes)
            SELECT 2, server_id, 29920320, 1, 'a', 'b', 'b', '{}', '{}', 3, ARRAY['breaking'], 50,
                '[{"class": "breaking", "code": "tool_removed", "tool": "t", "path": "", "detail": "It went."}]'
            FROM servers.server WHERE slug = 'open'
            """
        );

        using var answer = await GetAsync("open/drift", token: null);

        Assert.Equal(
            """{"slug":"open","drift":[{"minute":"2026-11-21T00:00Z","kind":"drift","classes":["breaking"],"from_hash":"a","to_hash":"b","change_count":50,"changes":[{"class":"breaking","code":"tool_removed","tool":"t","path":"","detail":"It went."}]}],"next":null}""",
            await answer.Content.ReadAsStringAsync()
        );
    }

    [Theory]
    [InlineData("hidden/drift", false, HttpStatusCode.NotFound)]
    [InlineData("hidden/drift", true, HttpStatusCode.NotFound)]
    [InlineData("open/drift?last=101", false, HttpStatusCode.UnprocessableEntity)]
    [InlineData("hidden/minutes", false, HttpStatusCode.NotFound)]
    [InlineData("nobody/minutes", false, HttpStatusCode.NotFound)]
    [InlineData("open/minutes?last=0", false, HttpStatusCode.UnprocessableEntity)]
    [InlineData("open/minutes/latest/explain", false, HttpStatusCode.Unauthorized)]
    [InlineData("hidden/minutes", true, HttpStatusCode.NotFound)]
    [InlineData("open/minutes", true, HttpStatusCode.OK)]
    [InlineData("open/minutes/latest/explain", true, HttpStatusCode.NotFound)]
    [InlineData("hidden/minutes/latest/explain", true, HttpStatusCode.NotFound)]
    public async Task Strangers_and_other_tenants_see_what_is_public_and_nothing_of_how_it_was_seen(
        string path,
        bool isCharlie,
        HttpStatusCode status
    )
    {
        var token = isCharlie ? await api.GiveKeyAsync(ServersApi.Charlie, "read") : null;

        using var answer = await GetAsync(path, token);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("hidden/minutes/latest/explain", HttpStatusCode.OK)]
    [InlineData("open/minutes/latest/explain", HttpStatusCode.OK)]
    [InlineData("open/minutes/noon/explain", HttpStatusCode.UnprocessableEntity)]
    [InlineData("open/minutes/100/explain", HttpStatusCode.NotFound)]
    public async Task Its_owner_has_a_minute_explained(string path, HttpStatusCode status)
    {
        var token = (await System.IO.File.ReadAllTextAsync(api.TokenFile)).Trim();

        using var answer = await GetAsync(path, token);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("2999-01-01T00:00Z")]
    [InlineData("9999-12-31T23:59Z")]
    public async Task A_minute_that_is_still_to_come_is_not_known(string minute)
    {
        var token = (await System.IO.File.ReadAllTextAsync(api.TokenFile)).Trim();
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO archive.watch_period (server_id, from_minute, weight, tenant_id)
            SELECT server_id, 200, 1, 2 FROM servers.server WHERE slug = 'open' ON CONFLICT DO NOTHING
            """
        );

        using var answer = await GetAsync($"open/minutes/{minute}/explain", token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/servers/{path}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
