using System.Net;
using System.Net.Sockets;
using AliveMcp.Servers.Files;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Cli.Tests.Apply;

/// <summary>The command against the real API. Every test begins with two servers: weather and search.</summary>
public sealed class ApplyCommandTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private const string Two = """
        servers:
          - { slug: weather, url: "https://weather.example/mcp" }
          - { slug: search, url: "https://search.example/mcp" }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-apply-");

    private string FilePath => Path.Combine(_folder.FullName, "alivemcp.yaml");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(FilePath, Two);
        await ApplyAsync(new ApplyOptions { Prune = true });
    }

    [Fact]
    public async Task The_diff_is_shown_before_it_is_applied()
    {
        await WriteAsync(
            Two.Replace("/weather.", "/tides.", StringComparison.Ordinal)
                .Replace("search", "find", StringComparison.Ordinal)
        );

        var call = await CallAsync("-f", FilePath);

        Assert.Equal(
            """
            + create  find
            ~ change  weather  url
            - pause   search  left the file; history stays
            Applied: 1 created, 1 changed, 1 paused.

            """,
            call.Out
        );
        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Equal(2, (await ApplyAsync(new ApplyOptions())).Unchanged.Count);
    }

    [Fact]
    public async Task The_same_file_has_nothing_to_change()
    {
        var call = await CallAsync("-f", FilePath);

        Assert.Equal("Nothing to change: 2 unchanged.\n", call.Out.ReplaceLineEndings("\n"));
        Assert.Equal(0, call.ExitCode);
    }

    [Fact]
    public async Task A_dry_run_stops_after_the_diff()
    {
        await WriteAsync("servers: []");

        var call = await CallAsync("-f", FilePath, "--dry-run", "--prune");

        Assert.Contains("x erase   weather  with all its history", call.Out, StringComparison.Ordinal);
        Assert.EndsWith(
            "Not applied (--dry-run): 2 erased.\n",
            call.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        await WriteAsync(Two);
        Assert.Equal(2, (await ApplyAsync(new ApplyOptions())).Unchanged.Count);
    }

    [Fact]
    public async Task Standard_input_is_a_file_too()
    {
        var call = await Call.WithInputAsync(
            """{"servers": [{"slug": "weather", "url": "https://weather.example/mcp"}]}""",
            [.. Place("-f", "-"), "--prune"]
        );

        Assert.Equal("x erase   search  with all its history", call.Out.Split('\n')[0].TrimEnd());
        Assert.Equal(0, call.ExitCode);
    }

    [Fact]
    public async Task A_pipe_that_brought_nothing_erases_nothing()
    {
        var call = await Call.WithInputAsync("", [.. Place("-f", "-"), "--prune"]);

        Assert.Equal(65, call.ExitCode);
        Assert.Contains("The servers file is empty.", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_and_nothing_changed()
    {
        await WriteAsync("servers: [{ slug: A, url: 'https://a.example' }, { slug: b, url: stdio }]");

        var call = await CallAsync("-f", FilePath);

        Assert.Equal(65, call.ExitCode);
        Assert.Equal("", call.Out);
        var lines = call.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("servers[0] \"A\", line 1: slug 'A'", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "servers[1] \"b\", line 1: url 'stdio' is a stdio server",
            lines[1],
            StringComparison.Ordinal
        );
        Assert.Equal("Nothing was changed.", lines[2].TrimEnd());
    }

    [Fact]
    public async Task Without_a_token_it_says_where_one_comes_from()
    {
        var call = await Call.AliveMcpAsync("apply", "-f", FilePath, "--token-file", "/nowhere/api-key");

        Assert.Equal(77, call.ExitCode);
        Assert.Contains("There is no token in /nowhere/api-key", call.Error, StringComparison.Ordinal);
        Assert.Contains("--token-file", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amcp_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "The token is not good")]
    [InlineData("not a token\r\nX-Evil: 1", "what stands there is none")]
    [InlineData("  \n", "it is empty")]
    public async Task A_bad_token_is_told_from_a_missing_one(string token, string why)
    {
        var file = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(file, token);

        var call = await Call.AliveMcpAsync("apply", "-f", FilePath, "--url", api.Url.ToString(), "--token-file", file);

        Assert.Equal(77, call.ExitCode);
        Assert.Contains(why, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_may_only_read_is_told_so()
    {
        var file = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(file, await api.GiveKeyAsync(TenantId.Local, "read"));

        var call = await Call.AliveMcpAsync("apply", "-f", FilePath, "--url", api.Url.ToString(), "--token-file", file);

        Assert.Equal(77, call.ExitCode);
        Assert.Contains("needs one with the scope 'write'", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_what_to_start()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var call = await Call.AliveMcpAsync(
            "apply",
            "-f",
            FilePath,
            "--url",
            $"http://127.0.0.1:{port}",
            "--token-file",
            api.TokenFile
        );

        Assert.Equal(69, call.ExitCode);
        Assert.Contains($"Nothing answers at http://127.0.0.1:{port}/", call.Error, StringComparison.Ordinal);
        Assert.Contains("deploy/up.sh", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var call = await CallAsync("-f", "/nowhere/alivemcp.yaml");

        Assert.Equal(66, call.ExitCode);
        Assert.Contains("/nowhere/alivemcp.yaml", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url", "http://mcp.example.com", "not sent over plain http")]
    [InlineData("--url", "localhost", "give an address")]
    [InlineData("--prume", "", "--prume")]
    public async Task A_wrong_command_line_is_64(string option, string value, string why)
    {
        var call = await Call.AliveMcpAsync("apply", "-f", FilePath, option, value);

        Assert.Equal(64, call.ExitCode);
        Assert.Contains(why, call.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private string[] Place(params string[] more) =>
        ["apply", "--url", api.Url.ToString(), "--token-file", api.TokenFile, .. more];

    private Task<Call> CallAsync(params string[] more) => Call.AliveMcpAsync(Place(more));

    private Task WriteAsync(string text) => File.WriteAllTextAsync(FilePath, text);

    private async Task<ApplyAnswer> ApplyAsync(ApplyOptions options)
    {
        var file = api.Services.GetRequiredService<ServersFile>();
        var applied = await file.ApplyFileAsync(TenantId.Local, FilePath, options, CancellationToken.None);
        return applied.TryGet(out var answer)
            ? answer
            : throw new InvalidOperationException(applied.Problems[0].Message);
    }
}
