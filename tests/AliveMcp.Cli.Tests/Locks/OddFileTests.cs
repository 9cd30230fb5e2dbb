using System.Text;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Cli.Tests.Locks;

/// <summary>Files that are not what they should be end in a sentence and an exit code, never in a stack.</summary>
public sealed class OddFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-odd-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string> OddLocks() =>
        [
            "",
            " ",
            "null",
            "[]",
            "{}",
            "\ufeff",
            """{"lock":1}""",
            """{"lock":1.5}""",
            """{"lock":99999999999}""",
            """{"lock":"1"}""",
            """{"lock":2,"contract":{"tools":[]}}""",
            """{"lock":1,"contract":{"tools":{}}}""",
            """{"lock":1,"contract":{"tools":[7,null,{"name":"\ud800"}]}}""",
            """{"lock":1,"full_hash":7,"contract":{"tools":[]}}""",
            """{"lo\ud800":1}""",
            """{"lock":1,"full_hash":"\ud800","contract":{"tools":[]}}""",
            """{"lock":1,"contract":{"tools":[]""",
            "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n",
        ];

    [Theory]
    [MemberData(nameof(OddLocks))]
    public async Task A_file_that_is_no_lock_is_refused(string text)
    {
        var call = await Call.AliveMcpAsync("diff", Write("now", text), Write("before", text));

        Assert.Equal((65, ""), (call.ExitCode, call.Out));
        Assert.Contains("is no good lock", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_or_binary_files_are_refused()
    {
        var deep = Write(
            "deep",
            $$$"""{"lock":1,"contract":{"tools":[{{{new string('[', 5_000)}}}{{{new string(']', 5_000)}}}]}}"""
        );
        var binary = Path.Combine(_folder.FullName, "binary");
        await File.WriteAllBytesAsync(binary, [0x1f, 0x8b, 0xff, 0xfe, 0x00], TestContext.Current.CancellationToken);

        Assert.Equal(65, (await Call.AliveMcpAsync("diff", deep, deep)).ExitCode);
        Assert.Equal(65, (await Call.AliveMcpAsync("diff", binary, binary)).ExitCode);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_by_its_name()
    {
        foreach (var name in new[] { "", " ", "no-such", _folder.FullName, "a\u001b[2Jb" })
        {
            var call = await Call.AliveMcpAsync("diff", name, name);

            Assert.Equal((66, ""), (call.ExitCode, call.Out));
            Assert.Contains("cannot be read", call.Error, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', call.Error);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no/such/folder/x.json")]
    [InlineData(".")]
    public async Task What_cannot_be_written_is_told(string file)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var url = server.Url.AbsoluteUri;

        var snapshot = await Call.AliveMcpAsync("snapshot", url, "--allow-private", "-o", file);
        var junit = await Call.AliveMcpAsync("probe", url, "--allow-private", "--junit", file);

        Assert.Contains("cannot be written", snapshot.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be written", junit.Error, StringComparison.Ordinal);
        Assert.All(new[] { snapshot.ExitCode, junit.ExitCode }, code => Assert.InRange(code, 64, 78));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("no-such.pem")]
    public async Task An_authority_that_cannot_be_read_is_told(string file)
    {
        var call = await Call.AliveMcpAsync("probe", "https://127.0.0.1:9/mcp", "--ca", file);

        Assert.Equal((66, ""), (call.ExitCode, call.Out));
        Assert.Contains("--ca is", call.Error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text, new UTF8Encoding(false));
        return file;
    }
}
