using System.Net;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>The files of other tools, as they write them.</summary>
public sealed class ImportTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private string _key = "";

    public async ValueTask InitializeAsync() => _key = await replicas.KeyAsync(Replicas.Alices, "write");

    [Theory]
    [InlineData(
        "mcp.json",
        """{ "mcpServers": { "GitHub Copilot": { "url": "https://one.example/mcp", "type": "http", "headers": { "Authorization": "Bearer x" } }, "local": { "command": "npx", "args": ["-y"] } } }""",
        "github-copilot",
        "local"
    )]
    [InlineData(
        "mcp.json",
        """{ "servers": { "events": { "type": "sse", "url": "https://two.example/sse" }, "files": { "type": "stdio", "command": "x" } } }""",
        "events",
        "files"
    )]
    [InlineData(
        "server.json",
        """{ "name": "io.github.alice/weather", "remotes": [{ "type": "streamable-http", "url": "https://three.example/mcp" }, { "type": "sse", "url": "https://{tenant}.example/sse" }] }""",
        "weather",
        "io.github.alice/weather"
    )]
    [InlineData(
        "uptime-kuma",
        """{ "version": "1.23", "monitorList": [{ "name": "Shop", "type": "http", "url": "https://four.example/mcp", "interval": 90, "active": 1, "tags": [{ "name": "prod" }] }, { "name": "Ping", "type": "ping", "hostname": "x" }] }""",
        "shop",
        "Ping"
    )]
    [InlineData(
        "gatus",
        "endpoints:\n  - name: API\n    group: core\n    url: https://five.example/mcp\n    interval: 5m\n  - name: DNS\n    url: 8.8.8.8\n",
        "api",
        "DNS"
    )]
    public async Task A_file_is_told_first_and_watched_then(string format, string file, string slug, string skipped)
    {
        var told = await ImportAsync(file, dryRun: true);
        Assert.Equal((HttpStatusCode.OK, format), (told.Status, (string?)told.Json["format"]));
        Assert.Equal([slug], told.Json["applied"]!["created"]!.AsArray().Select(one => (string?)one));
        Assert.Equal(skipped, (string?)told.Json["skipped"]![0]!["name"]);
        Assert.DoesNotContain("Bearer x", told.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(slug)).Status);

        await ImportAsync(file, dryRun: false);
        Assert.Equal("private", (string?)(await ReadAsync(slug)).Json["visibility"]);

        var again = await ImportAsync(file, dryRun: false);
        Assert.Empty(again.Json["applied"]!["created"]!.AsArray());
        Assert.Contains($"watched already, as {slug}", again.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("servers: [1]", "import_format_invalid")]
    [InlineData("[]", "import_format_invalid")]
    [InlineData("a: [", "yaml_invalid")]
    public async Task What_is_none_of_them_is_refused(string file, string code) =>
        Assert.Equal(code, (await ImportAsync(file, dryRun: true)).Code);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Heard> ReadAsync(string slug) =>
        Knock.AtAsync(replicas.Urls[1], "GET", "/api/v1/servers/" + slug, _key);

    private Task<Heard> ImportAsync(string file, bool dryRun) =>
        Knock.AtAsync(
            replicas.Urls[0],
            "POST",
            $"/api/v1/servers/import?dry_run={(dryRun ? "true" : "false")}",
            _key,
            file
        );
}
