using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Tests.Files;

public sealed class FileReaderTests
{
    [Fact]
    public void An_entry_needs_a_slug_and_a_url_and_gets_defaults_for_the_rest()
    {
        var entry = Read("servers: [{ slug: weather, url: 'https://mcp.example.com/mcp' }]").Single();

        Assert.Equal("weather", entry.Slug);
        Assert.Equal("weather", entry.Name);
        Assert.Equal(Visibility.Public, entry.Visibility);
        Assert.Equal(McpTransport.Auto, entry.Transport);
        Assert.Equal(ProtectionExpectation.Auto, entry.Expects);
        Assert.Empty(entry.Tags);
        Assert.Empty(entry.ExpectedTools);
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var entry = Read(
                """
                servers:
                  - slug: weather-2
                    name: "Weather & tides"
                    url: https://mcp.example.com/mcp?tenant=7
                    tags: [sea, "7", sea]
                    transport: sse
                    expects: protected
                    expected_tools:
                      - forecast
                      - tides
                    visibility: private
                """
            )
            .Single();

        Assert.Equal("Weather & tides", entry.Name);
        Assert.Equal(["sea", "7"], entry.Tags);
        Assert.Equal(McpTransport.Sse, entry.Transport);
        Assert.Equal(ProtectionExpectation.Protected, entry.Expects);
        Assert.Equal(["forecast", "tides"], entry.ExpectedTools);
        Assert.Equal(Visibility.Private, entry.Visibility);
    }

    [Theory]
    [InlineData("{\"servers\":[{\"slug\":\"a\",\"url\":\"http:\\/\\/x.example\\/mcp\",\"name\":\"\\ud83d\\ude00\"}]}")]
    [InlineData(
        "{\n\t\"$schema\": \"alivemcp.schema.json\",\n\t\"servers\": [\n\t\t{ \"slug\": \"a\", \"name\": \"😀\", \"url\": \"http://x.example/mcp\" }\n\t]\n}"
    )]
    [InlineData(
        "\uFEFFservers:\r\n  - slug: a\r\n    name: 😀\r\n    url: http://x.example/mcp\r\n    tags: \r\n    expects: ~\r\n    visibility: null\r\n"
    )]
    public void Json_tabs_byte_order_marks_and_other_line_ends_are_all_the_same(string text)
    {
        var entry = Read(text).Single();

        Assert.Equal("a", entry.Slug);
        Assert.Equal("😀", entry.Name);
        Assert.Equal("http://x.example/mcp", entry.Url.Text);
    }

    [Fact]
    public void A_list_of_nothing_is_a_file() => Assert.Empty(Read("servers: []"));

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData("# nothing yet\n", "file_empty")]
    [InlineData("~", "file_empty")]
    [InlineData("servers", "file_invalid")]
    [InlineData("- slug: a", "file_invalid")]
    [InlineData("{}", "servers_missing")]
    [InlineData("servers:", "servers_invalid")]
    [InlineData("servers: none", "servers_invalid")]
    [InlineData("servers: { a: b }", "servers_invalid")]
    [InlineData("servers: [one]", "entry_invalid")]
    [InlineData("servers: [[]]", "entry_invalid")]
    public void What_is_no_servers_file_is_named_so(string text, string code) =>
        Assert.Equal(code, FileReader.Read(text).Problems.Single().Code);

    [Theory]
    [InlineData("servers:\n  - slug: a\n   url: b\n", "line 3, column 4")]
    [InlineData("servers:\n  - slug: a\n\turl: b\n", "line 3, column 1")]
    [InlineData("servers:\n  - slug: a\n    name: a: b\n", "line 3, column 12")]
    [InlineData("{\"servers\": [", "line 2, column 1")]
    [InlineData("servers: []\nservers: []\n", "line 2, column 1")]
    [InlineData("servers: []\n---\nservers: []\n", "line 2, column 1")]
    [InlineData("servers: &all []\n", "line 1, column 10")]
    [InlineData("servers: *all\n", "line 1, column 10")]
    [InlineData("servers:\n  - !secret a\n", "line 2, column 5")]
    [InlineData("servers: \"\0\"\n", "line 1, column 10")]
    public void Bad_yaml_is_refused_with_its_line_and_column(string text, string where)
    {
        var problem = FileReader.Read(text).Problems.Single();

        Assert.Equal("yaml_invalid", problem.Code);
        Assert.Contains(where, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_entry_field_value_and_what_would_be_right()
    {
        var read = FileReader.Read(
            """
            servers:
              - slug: My Server
                url: https://mcp.example.com/mcp
              - slug: search
                url: ftp://mcp.example.com
                visiblity: private
                transport: stdio
                expects: [open]
                tags: news
              - name: no slug
              - slug: twice
                url: https://a.example/mcp
              - slug: twice
                url: https://b.example/mcp
            serverz: []
            """
        );

        Assert.Equal(
            [
                "Line 15: 'serverz' is not known; did you mean 'servers'?.",
                "servers[0] \"My Server\", line 2: slug 'My Server' is not 1 to 63 of a-z, 0-9 and -, for example 'my-server'.",
                "servers[1] \"search\", line 6: visiblity is no field of a server; did you mean 'visibility'?.",
                "servers[1] \"search\", line 5: url 'ftp://mcp.example.com' is not an absolute http or https URL; for example https://mcp.example.com/mcp.",
                "servers[1] \"search\", line 9: tags is a single value; write a list, for example [one, two].",
                "servers[1] \"search\", line 7: transport 'stdio' is not known; known are auto, http, sse.",
                "servers[1] \"search\", line 8: expects is a list; write one of auto, open, protected.",
                "servers[2], line 10: slug is missing; every server has a slug and a url.",
                "servers[2], line 10: url is missing; every server has a slug and a url.",
                "servers[4] \"twice\", line 13: slug 'twice' is taken by servers[3] already; every server has its own.",
            ],
            read.Problems.Select(problem => problem.Message)
        );
        Assert.Equal("servers[1].visiblity", read.Problems[2].Field);
    }

    [Theory]
    [InlineData("slug: a b", "slug_invalid")]
    [InlineData("slug: ''", "slug_invalid")]
    [InlineData("slug: Ä", "slug_invalid")]
    [InlineData("slug: a/../b", "slug_invalid")]
    [InlineData("slug: [a]", "slug_invalid")]
    [InlineData("slug: \"a\\n\"", "slug_invalid")]
    [InlineData("slug: ok, name: \"\\u202eevil\"", "name_invalid")]
    [InlineData("slug: ok, name: \"  \"", "name_invalid")]
    [InlineData("slug: ok, name: { a: b }", "name_invalid")]
    [InlineData("slug: ok, tags: [[a]]", "tags_invalid")]
    [InlineData("slug: ok, tags: [~]", "tags_invalid")]
    [InlineData("slug: ok, tags: [\"\\u0007\"]", "tags_invalid")]
    [InlineData("slug: ok, expected_tools: get", "expected_tools_invalid")]
    [InlineData("slug: ok, visibility: Public", "visibility_invalid")]
    [InlineData("slug: ok, expects: true", "expects_invalid")]
    [InlineData("slug: ok, <<: { name: b }", "key_unknown")]
    [InlineData("slug: ok, URL: b", "key_unknown")]
    public void A_bad_field_is_refused_by_its_name(string fields, string code)
    {
        var text = "servers: [{ url: 'https://mcp.example.com/mcp', " + fields + " }]";

        Assert.Equal(code, FileReader.Read(text).Problems.Single().Code);
    }

    [Fact]
    public void What_a_stranger_wrote_is_escaped_in_the_refusal()
    {
        var problem = FileReader
            .Read("servers: [{ slug: \"\\u001b[31m\", url: 'https://a.example' }]")
            .Problems.Single();

        Assert.DoesNotContain('\u001b', problem.Message);
        Assert.Contains("\\u{1b}[31m", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slug: ok, name: N", 120, "name_invalid")]
    [InlineData("slug: S", 63, "slug_invalid")]
    [InlineData("slug: ok, tags: [N]", 40, "tags_invalid")]
    [InlineData("slug: ok, expected_tools: [N]", 128, "expected_tools_invalid")]
    public void Lengths_are_bounded(string fields, int longest, string code)
    {
        Assert.Empty(Problems(longest));
        Assert.Equal([code], Problems(longest + 1));

        IEnumerable<string> Problems(int length)
        {
            var filled = fields
                .Replace("N", new string('x', length), StringComparison.Ordinal)
                .Replace("S", new string('x', length), StringComparison.Ordinal);
            var text = "servers: [{ url: 'https://mcp.example.com/mcp', " + filled + " }]";
            return FileReader.Read(text).Problems.Select(problem => problem.Code);
        }
    }

    [Fact]
    public void A_text_of_nothing_but_brackets_does_no_harm()
    {
        foreach (var piece in (string[])["[", "{a: ", "- ", "? "])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 100_000));

            Assert.NotEmpty(FileReader.Read(text).Problems);
        }
    }

    [Fact]
    public void A_text_that_is_too_large_is_not_even_looked_at() =>
        Assert.Equal(
            "file_too_large",
            FileReader.Read(new string(' ', FileReader.MaxLength + 1)).Problems.Single().Code
        );

    private static IReadOnlyList<FileEntry> Read(string text)
    {
        var read = FileReader.Read(text);
        Assert.Empty(read.Problems);
        return read.Entries;
    }
}
