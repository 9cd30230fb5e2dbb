using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AliveMcp.Servers.Files;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Archive.Tests.Slo;

/// <summary>A public and a private server of the install; Charlie is somebody else with a token of his own.</summary>
public sealed class SloEndpointTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private const string File = """
        servers:
          - { slug: open, url: "https://open.example/mcp", name: "=cmd,\"x\"" }
          - { slug: hidden, url: "https://hidden.example/mcp", visibility: private, slo: { target: 99.95, window: month } }
        """;

    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = api.Url };

    private static string Month =>
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        var servers = api.Services.GetRequiredService<ServersFile>();
        var applied = await servers.ApplyAsync(TenantId.Local, File, new ApplyOptions(), CancellationToken.None);
        Assert.True(applied.TryGet(out _));
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM archive.verdict_minute");
        var minute = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) - 4;
        foreach (var id in await connection.QueryAsync<int>("SELECT server_id FROM servers.server"))
        {
            await new ArchivedRows(api.Storage.Doors).KeepAsync(Verdicts.Live(Verdicts.Local(id), minute));
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_files_promise_is_told_with_its_budget()
    {
        using var slo = await JsonAsync(HttpMethod.Get, "servers/hidden/slo");

        var root = slo.RootElement;
        Assert.Equal("99.95", root.GetProperty("target_percent").GetRawText());
        Assert.Equal("month", root.GetProperty("window").GetString());
        Assert.False(root.GetProperty("is_default").GetBoolean());
        Assert.True(root.GetProperty("is_kept").GetBoolean());
        Assert.Equal(100.00m, root.GetProperty("uptime_percent").GetDecimal());
        Assert.Equal(1, root.GetProperty("minutes").GetProperty("live").GetInt32());
        Assert.Equal(3, root.GetProperty("burn").GetArrayLength());
        Assert.True(root.GetProperty("budget").GetProperty("allowed_minutes").GetDecimal() > 0);
    }

    [Fact]
    public async Task A_promise_is_chosen_kept_over_an_apply_that_says_nothing_and_forgotten()
    {
        using var chosen = await JsonAsync(HttpMethod.Put, "servers/open/slo", """{"target_percent": 99.5}""");
        Assert.Equal("99.5", chosen.RootElement.GetProperty("target_percent").GetRawText());
        Assert.Equal("30d", chosen.RootElement.GetProperty("window").GetString());

        var servers = api.Services.GetRequiredService<ServersFile>();
        await servers.ApplyAsync(TenantId.Local, File, new ApplyOptions(), CancellationToken.None);
        using var kept = await JsonAsync(HttpMethod.Get, "servers/open/slo");
        Assert.Equal("99.5", kept.RootElement.GetProperty("target_percent").GetRawText());

        using var forgotten = await JsonAsync(HttpMethod.Delete, "servers/open/slo");
        Assert.Equal("99.9", forgotten.RootElement.GetProperty("target_percent").GetRawText());
        Assert.True(forgotten.RootElement.GetProperty("is_default").GetBoolean());
    }

    [Theory]
    [InlineData("""{"target_percent": 100}""", "target_percent is 100; write a percentage from 50 to 99.999")]
    [InlineData("""{"target_percent": 99.9999}""", "target_percent is 99.9999; write")]
    [InlineData("""{"target_percent": "99"}""", "target_percent is \"99\"; write")]
    [InlineData("""{"target_percent": 1e2}""", "target_percent is 1e2; write")]
    [InlineData("""{}""", "target_percent is missing; write")]
    [InlineData("""{"target_percent": 99, "window": "week"}""", "window is \"week\"; write")]
    [InlineData("""{"target_percent": 99, "windw": "30d"}""", "'windw' is no field of an objective")]
    [InlineData("""[1]""", "The body is no objective")]
    [InlineData("""{""", "The body is not JSON")]
    public async Task What_cannot_be_promised_is_refused_by_field_and_value(string body, string told)
    {
        using var answer = await AskAsync(HttpMethod.Put, "servers/open/slo", await OwnerAsync(), body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains(told, json.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "servers/open/slo")]
    [InlineData("PUT", "servers/open/slo")]
    [InlineData("DELETE", "servers/open/slo")]
    [InlineData("GET", "reports/sla?month=2026-01")]
    public async Task Strangers_are_asked_who_they_are(string method, string path)
    {
        using var answer = await AskAsync(new HttpMethod(method), path, token: null, """{"target_percent": 99}""");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "servers/open/slo")]
    [InlineData("PUT", "servers/open/slo")]
    [InlineData("DELETE", "servers/hidden/slo")]
    [InlineData("GET", "reports/sla?month=MONTH&server=open")]
    public async Task Another_tenants_server_is_not_found(string method, string path)
    {
        var token = await api.GiveKeyAsync(ServersApi.Charlie, "write");

        using var answer = await AskAsync(
            new HttpMethod(method),
            path.Replace("MONTH", Month, StringComparison.Ordinal),
            token,
            """{"target_percent": 99}"""
        );

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Reading_does_not_let_choose()
    {
        var token = await api.GiveKeyAsync(TenantId.Local, "read");

        using var answer = await AskAsync(HttpMethod.Put, "servers/open/slo", token, """{"target_percent": 99}""");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_report_is_told_as_json_as_a_table_and_as_a_page()
    {
        using var json = await JsonAsync(HttpMethod.Get, $"reports/sla?month={Month}");
        Assert.Equal(Month, json.RootElement.GetProperty("month").GetString());
        Assert.False(json.RootElement.GetProperty("is_final").GetBoolean());
        Assert.Equal(
            ["hidden", "open"],
            json.RootElement.GetProperty("servers")
                .EnumerateArray()
                .Select(server => server.GetProperty("slug").GetString()!)
        );

        using var table = await AskAsync(
            HttpMethod.Get,
            $"reports/sla?month={Month}&format=csv&server=open",
            await OwnerAsync()
        );
        Assert.Equal("text/csv", table.Content.Headers.ContentType!.MediaType);
        var lines = (await table.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"{Month},open,\"'=cmd,\"\"x\"\"\",99.9,30d,true,100,", lines[1], StringComparison.Ordinal);

        using var page = await AskAsync(HttpMethod.Get, $"reports/sla?month={Month}&format=html", await OwnerAsync());
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            "default-src 'none'; style-src 'sha256-",
            page.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Contains("This install", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reports/sla")]
    [InlineData("reports/sla?month=2026-13")]
    [InlineData("reports/sla?month=2999-01")]
    [InlineData("reports/sla?month=2026-01&format=pdf")]
    public async Task A_report_that_cannot_be_made_is_refused(string path)
    {
        using var answer = await AskAsync(HttpMethod.Get, path, await OwnerAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task A_tenant_without_servers_has_an_empty_report()
    {
        var token = await api.GiveKeyAsync(ServersApi.Charlie, "read");

        using var answer = await AskAsync(HttpMethod.Get, $"reports/sla?month={Month}", token);

        Assert.Contains("\"servers\":[]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> OwnerAsync() => (await System.IO.File.ReadAllTextAsync(api.TokenFile)).Trim();

    private async Task<JsonDocument> JsonAsync(HttpMethod method, string path, string? body = null)
    {
        using var answer = await AskAsync(method, path, await OwnerAsync(), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? token, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
