using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Export;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Archive.Tests.Export;

/// <summary>Two tenants with servers, timelines, minutes and evidence of their own.</summary>
public sealed class ExportTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private static readonly MinuteStamp Minute = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) - 4;
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = api.Url };

    private static string Month => Minute.Start.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "DELETE FROM archive.verdict_minute; DELETE FROM archive.watch_period; DELETE FROM collector.evidence"
        );
        await ApplyAsync(TenantId.Local, "ours", "http://ours.example/mcp");
        await ApplyAsync(ServersApi.Charlie, "theirs", "http://theirs.example/mcp");
        var rows = await connection.QueryAsync<(int Id, int Tenant)>("SELECT server_id, tenant_id FROM servers.server");
        foreach (var (id, tenant) in rows)
        {
            var server = new ServerKey(new TenantId(tenant), new ServerId(id));
            await new ArchivedRows(api.Storage.Doors).KeepAsync(Verdicts.Down(server, Minute));
            await connection.ExecuteAsync(
                """
                INSERT INTO archive.watch_period (server_id, from_minute, weight, tenant_id) VALUES (@id, @minute, 1, @tenant);
                INSERT INTO collector.evidence (tenant_id, server_id, minute, region, state, why, late, detail)
                VALUES (@tenant, @id, @minute, 'local', 3, 3, false, E'=bad,"one"\ntwo of ' || @id)
                """,
                new
                {
                    id,
                    tenant,
                    minute = Minute.Value,
                }
            );
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_contents_name_every_surface_and_the_months_since_watching_began()
    {
        using var answer = await GetAsync("contents", await OwnerAsync());

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            [
                "servers",
                "timeline",
                "maintenance",
                "wide_maintenance",
                "contracts",
                "evidence",
                "watched",
                "drift",
                "days",
                "hours",
                "minutes",
                "sinks",
                "rules",
                "incidents",
                "incident_updates",
            ],
            json.RootElement.GetProperty("surfaces")
                .EnumerateArray()
                .Select(surface => surface.GetProperty("name").GetString()!)
        );
        Assert.Equal(
            [Month],
            json.RootElement.GetProperty("months").EnumerateArray().Select(month => month.GetString()!).Take(1)
        );
    }

    [Fact]
    public async Task Lines_end_in_a_manifest_that_counts_and_hashes_them()
    {
        var text = await TextAsync("?format=ndjson");

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var manifest = JsonDocument.Parse(lines[^1]);
        Assert.Equal("manifest", manifest.RootElement.GetProperty("kind").GetString());
        foreach (var surface in manifest.RootElement.GetProperty("surfaces").EnumerateArray())
        {
            var own = lines
                .Where(line =>
                    line.StartsWith(
                        $"{{\"kind\":\"{surface.GetProperty("name").GetString()}\"",
                        StringComparison.Ordinal
                    )
                )
                .ToList();
            Assert.Equal(own.Count, surface.GetProperty("rows").GetInt32());
            var bytes = Encoding.UTF8.GetBytes(string.Concat(own.Select(line => line + "\n")));
            Assert.Equal(bytes.Length, surface.GetProperty("bytes").GetInt32());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), surface.GetProperty("sha256").GetString());
        }

        using var server = JsonDocument.Parse(lines[0]);
        Assert.Equal("ours", server.RootElement.GetProperty("slug").GetString());
        Assert.Equal("public", server.RootElement.GetProperty("visibility").GetString());
        Assert.Equal(99.5m, server.RootElement.GetProperty("slo_target").GetDecimal());
        Assert.Equal(JsonValueKind.Array, server.RootElement.GetProperty("test_calls").ValueKind);
    }

    [Fact]
    public async Task A_month_holds_its_minutes_and_evidence()
    {
        var text = await TextAsync($"?month={Month}");

        Assert.Contains(
            $"\"minute\":\"{Minute}\",\"state\":\"down\",\"failure_reason\":\"connection_refused\",\"failure_layer\":\"connect\",\"weight\":1",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("=bad,\\\"one\\\"\\ntwo of ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"kind\":\"servers\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_come_in_an_archive_with_their_manifest()
    {
        using var answer = await GetAsync($"?format=csv&month={Month}", await OwnerAsync());

        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(
            ["evidence.csv", "days.csv", "hours.csv", "minutes.csv", "manifest.json"],
            zip.Entries.Select(entry => entry.FullName)
        );
        using var reader = new StreamReader(zip.GetEntry("evidence.csv")!.Open());
        var table = await reader.ReadToEndAsync();
        Assert.StartsWith(
            "server_id,minute,region,state,failure_reason,late,detail,seen\r\n",
            table,
            StringComparison.Ordinal
        );
        Assert.Contains(",\"'=bad,\"\"one\"\"\ntwo of ", table, StringComparison.Ordinal);
        var manifest = (await JsonDocument.ParseAsync(zip.GetEntry("manifest.json")!.Open())).RootElement;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(table)));
        Assert.Equal(hash, manifest.GetProperty("surfaces")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task No_row_of_another_tenant_comes_along()
    {
        var ours = await TextAsync("") + await TextAsync($"?month={Month}");
        var charlie = await api.GiveKeyAsync(ServersApi.Charlie, "read");
        using var settings = await GetAsync("", charlie);
        using var month = await GetAsync($"?month={Month}", charlie);
        var theirs = await settings.Content.ReadAsStringAsync() + await month.Content.ReadAsStringAsync();

        Assert.Contains("ours.example", ours, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", ours, StringComparison.Ordinal);
        Assert.Contains("theirs.example", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "ours",
            theirs.Replace("\"hours\"", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Equal(1, ours.Split("\"kind\":\"minutes\"").Length - 1);
        Assert.Equal(1, theirs.Split("\"kind\":\"minutes\"").Length - 1);
    }

    [Fact]
    public async Task Without_a_tenant_no_surface_gives_a_row()
    {
        // The app's role alone: a surface that forgot its tenant would read here what it must not.
        await using var session = await api.Storage.Doors.OpenAsync(new TenantId(4711), CancellationToken.None);
        var ask = new ExportAsk(session, 0, 0, int.MaxValue);
        foreach (var surface in api.Services.GetServices<ExportSurface>())
        {
            Assert.Empty(await surface.Rows(ask, CancellationToken.None).ToListAsync());
        }
    }

    [Theory]
    [InlineData("contents", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task Strangers_are_asked_who_they_are(string path, HttpStatusCode status)
    {
        using var answer = await GetAsync(path, token: null);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("?format=xml")]
    [InlineData("?month=2026-13")]
    public async Task What_cannot_be_exported_is_refused(string query)
    {
        using var answer = await GetAsync(query, await OwnerAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private async Task ApplyAsync(TenantId tenant, string slug, string url)
    {
        var servers = api.Services.GetRequiredService<ServersFile>();
        var file = $"servers: [{{ slug: {slug}, url: \"{url}\", slo: {{ target: 99.5 }} }}]";
        var applied = await servers.ApplyAsync(tenant, file, new ApplyOptions(), CancellationToken.None);
        Assert.True(applied.TryGet(out _), string.Join('\n', applied.Problems));
    }

    private async Task<string> OwnerAsync() => (await System.IO.File.ReadAllTextAsync(api.TokenFile)).Trim();

    private async Task<string> TextAsync(string query)
    {
        using var answer = await GetAsync(query, await OwnerAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            path == "contents" ? "/api/v1/export/contents" : "/api/v1/export" + path
        );
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
