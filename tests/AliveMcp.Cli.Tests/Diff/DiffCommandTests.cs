using System.Text.Json;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Cli.Tests.Diff;

/// <summary>Snapshot and diff as a repository uses them, against a real server.</summary>
public sealed class DiffCommandTests : IDisposable
{
    private const string Search =
        """{"name":"search","description":"Finds.","inputSchema":{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]},"annotations":{"readOnlyHint":true}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-diff-");

    private string LockFile => Path.Combine(_folder.FullName, "tools.lock.json");

    [Fact]
    public async Task The_same_contract_gives_the_same_file_and_no_difference()
    {
        await using var server = await FakeMcpServer.StartAsync(Serving(Search));
        await SnapshotAsync(server);
        var first = await File.ReadAllTextAsync(LockFile);

        var snapshot = await SnapshotAsync(server);
        var diff = await DiffAsync(server);

        Assert.Equal(first, await File.ReadAllTextAsync(LockFile));
        Assert.Equal(0, snapshot.ExitCode);
        Assert.Contains("1 tool, sha256:", snapshot.Out, StringComparison.Ordinal);
        Assert.Equal(0, diff.ExitCode);
        Assert.Contains("✓ Nothing changed.", diff.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Finds.\"", "\"Finds it.\"", "text", "breaking", 0)]
    [InlineData("\"Finds.\"", "\"Finds it.\"", "text", "any", 1)]
    [InlineData("\"Finds.\"", "\"Finds it.\"", "text", "none", 0)]
    [InlineData("\"readOnlyHint\":true", "\"readOnlyHint\":false", "security", "breaking", 1)]
    [InlineData("\"readOnlyHint\":true", "\"readOnlyHint\":false", "security", "security", 1)]
    [InlineData("\"readOnlyHint\":true", "\"readOnlyHint\":false", "security", "none", 0)]
    [InlineData("\"name\":\"search\"", "\"name\":\"find\"", "breaking", "breaking", 1)]
    [InlineData("\"name\":\"search\"", "\"name\":\"find\"", "breaking", "security", 0)]
    public async Task A_change_passes_or_not_by_its_class(
        string part,
        string instead,
        string kind,
        string failOn,
        int code
    )
    {
        await using var before = await FakeMcpServer.StartAsync(Serving(Search));
        await SnapshotAsync(before);
        await using var after = await FakeMcpServer.StartAsync(
            Serving(Search.Replace(part, instead, StringComparison.Ordinal))
        );

        var diff = await DiffAsync(after, "--fail-on", failOn);
        var json = JsonElement.Parse((await DiffAsync(after, "--fail-on", failOn, "--json")).Out);

        Assert.Contains($"\n {kind}: ", diff.Out, StringComparison.Ordinal);
        Assert.Equal(code, diff.ExitCode);
        Assert.Equal(code == 1, json.GetProperty("gated").GetBoolean());
        Assert.Equal(kind, json.GetProperty("changes")[0].GetProperty("class").GetString());
    }

    [Fact]
    public async Task Before_stands_above_after()
    {
        await using var before = await FakeMcpServer.StartAsync(Serving(Search));
        await SnapshotAsync(before);
        await using var after = await FakeMcpServer.StartAsync(
            Serving(Search.Replace("Finds.", "Finds it.", StringComparison.Ordinal))
        );

        var diff = await DiffAsync(after);

        Assert.Contains("   - \"Finds.\"\n   + \"Finds it.\"\n", diff.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_locks_need_no_server()
    {
        await using var server = await FakeMcpServer.StartAsync(Serving(Search));
        await SnapshotAsync(server);

        var diff = await Call.AliveMcpAsync("diff", LockFile, LockFile);

        Assert.Equal(0, diff.ExitCode);
    }

    [Fact]
    public async Task A_server_without_a_list_ends_in_2_and_leaves_the_lock_alone()
    {
        await using var server = await FakeMcpServer.StartAsync(Serving(Search));
        await SnapshotAsync(server);
        var kept = await File.ReadAllTextAsync(LockFile);
        var nobody = RawServer.Nobody().AbsoluteUri;

        var snapshot = await Call.AliveMcpAsync("snapshot", nobody, "--allow-private", "-o", LockFile);
        var diff = await Call.AliveMcpAsync("diff", nobody, LockFile, "--allow-private");

        Assert.Equal((2, 2), (snapshot.ExitCode, diff.ExitCode));
        Assert.Contains("connection_refused", diff.Error, StringComparison.Ordinal);
        Assert.Contains("Try 'alivemcp probe http://", diff.Error, StringComparison.Ordinal);
        Assert.Equal(kept, await File.ReadAllTextAsync(LockFile));
    }

    [Fact]
    public async Task A_lock_that_was_changed_by_hand_ends_in_65()
    {
        await using var server = await FakeMcpServer.StartAsync(Serving(Search));
        await SnapshotAsync(server);
        var text = await File.ReadAllTextAsync(LockFile);
        await File.WriteAllTextAsync(LockFile, text.Replace("Finds.", "Loses.", StringComparison.Ordinal));

        var diff = await DiffAsync(server);

        Assert.Equal((65, ""), (diff.ExitCode, diff.Out));
        Assert.Contains("changed by hand", diff.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_the_lock_goes_to_standard_output()
    {
        await using var server = await FakeMcpServer.StartAsync(Serving(Search));

        var call = await Call.AliveMcpAsync("snapshot", server.Url.AbsoluteUri, "--allow-private", "--with-time");

        var json = JsonElement.Parse(call.Out);
        Assert.Equal(1, json.GetProperty("tools").GetInt32());
        Assert.EndsWith("Z", json.GetProperty("taken_at").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Specimen Serving(string tool) => Specimens.Healthy with { Tools = [tool] };

    private Task<Call> SnapshotAsync(FakeMcpServer server) =>
        Call.AliveMcpAsync("snapshot", server.Url.AbsoluteUri, "--allow-private", "-o", LockFile);

    private Task<Call> DiffAsync(FakeMcpServer server, params string[] options) =>
        Call.AliveMcpAsync(["diff", server.Url.AbsoluteUri, LockFile, "--allow-private", .. options]);
}
