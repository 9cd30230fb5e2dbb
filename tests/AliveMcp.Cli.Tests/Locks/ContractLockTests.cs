using System.Text;
using System.Text.Json;
using AliveMcp.Cli.Locks;
using AliveMcp.Contracts;

namespace AliveMcp.Cli.Tests.Locks;

public sealed class ContractLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-lock-");

    [Fact]
    public void A_lock_is_indented_and_has_no_time()
    {
        var text = LockWriter.Write(
            Lock("""{"name":"a","inputSchema":{"type":"object","required":[],"properties":{}}}""")
        );

        Assert.StartsWith(
            """
            {
              "lock": 1,
              "url": "https://mcp.example.com/mcp",
              "protocol_version": "2025-11-25",
              "tools": 1,
              "contract_hash": "sha256:
            """.TrimEnd(),
            text,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            """
              "contract": {
                "tools": [
                  {
                    "inputSchema": {
                      "properties": {},
                      "required": [],
                      "type": "object"
                    },
                    "name": "a"
                  }
                ]
              }
            }

            """,
            text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"name":"plain","description":"a, b: {c} [d] \"e\" \\ \n"}""")]
    [InlineData("""{"name":"hidden\u202e\u200b","description":"\udb40\udc41 tag"}""")]
    [InlineData("""{"name":"lone","description":"\ud800 and \udfff"}""")]
    [InlineData("""{"name":"numbers","inputSchema":{"maximum":9007199254740993,"minimum":1e400,"multipleOf":0.1}}""")]
    [InlineData("""{"name":"été","description":"日本語 😀"}""")]
    [InlineData("""{"name":"empty","inputSchema":{},"list":[[],{}]}""")]
    public void A_lock_comes_back_as_it_was_whatever_a_server_sent(string tool)
    {
        var kept = Lock(tool);
        var file = Write(LockWriter.Write(kept));

        var back = LockReader.Read(file);

        Assert.Equal(
            (kept.Contract.FullHash, kept.Contract.ContractHash, kept.Url, kept.ProtocolVersion),
            (back.Contract.FullHash, back.Contract.ContractHash, back.Url, back.ProtocolVersion)
        );
        Assert.Equal(kept.Contract.Canonical.ToArray(), back.Contract.Canonical.ToArray());
    }

    [Fact]
    public void What_hides_in_a_contract_is_seen_by_who_reviews_the_file()
    {
        var text = LockWriter.Write(Lock("""{"name":"a","description":"x\u202ey\u200bz"}"""));

        Assert.Contains("x\\u202ey\\u200bz", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
    }

    [Theory]
    [InlineData("\"name\": \"a\"", "\"name\": \"b\"", "changed by hand")]
    [InlineData("\"lock\": 1", "\"lock\": 2", "it is of version 2")]
    [InlineData("\"lock\": 1,", "", "it has no \"lock\": 1")]
    [InlineData("\"tools\": [", "\"tool\": [", "holds no contract")]
    [InlineData("\"full_hash\": \"sha256:", "\"full_hash\": \"sha512:", "changed by hand")]
    [InlineData("}", "<<<<<<< HEAD", "not JSON of a lock")]
    public void A_file_that_is_no_good_lock_is_refused_with_its_fault(string part, string instead, string fault)
    {
        var text = LockWriter.Write(Lock("""{"name":"a"}"""));
        var file = Write(text.Replace(part, instead, StringComparison.Ordinal));

        var refused = Assert.Throws<CallFailedException>(() => LockReader.Read(file));

        Assert.Equal(65, refused.ExitCode);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.Contains("alivemcp snapshot", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_apart()
    {
        var refused = Assert.Throws<CallFailedException>(() => LockReader.Read(Path.Combine(_folder.FullName, "none")));

        Assert.Equal(66, refused.ExitCode);
    }

    [Fact]
    public void White_space_of_the_file_does_not_matter()
    {
        var kept = Lock("""{"name":"a","description":"two words"}""");
        var file = Write(LockWriter.Write(kept).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(kept.Contract.FullHash, LockReader.Read(file).Contract.FullHash);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static ContractLock Lock(string tool) =>
        new()
        {
            Url = "https://mcp.example.com/mcp",
            ProtocolVersion = "2025-11-25",
            Contract = ContractHasher.Hash([JsonElement.Parse(tool)]),
        };

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "tools.lock.json");
        File.WriteAllText(file, text, new UTF8Encoding(false));
        return file;
    }
}
