using AliveMcp.Servers.Catalogue;

namespace AliveMcp.Servers.Tests.Catalogue;

public sealed class ServerUrlTests
{
    [Theory]
    [InlineData("https://mcp.example.com/mcp", "https://mcp.example.com/mcp", "https://mcp.example.com")]
    [InlineData("HTTPS://MCP.Example.COM:443/MCP", "https://mcp.example.com/MCP", "https://mcp.example.com")]
    [InlineData("http://mcp.example.com:80", "http://mcp.example.com/", "http://mcp.example.com")]
    [InlineData(
        "http://mcp.example.com:8080/a/../b/./c?x=1&y",
        "http://mcp.example.com:8080/b/c?x=1&y",
        "http://mcp.example.com:8080"
    )]
    [InlineData("https://bücher.example/mcp", "https://xn--bcher-kva.example/mcp", "https://xn--bcher-kva.example")]
    [InlineData("https://mcp.example.com./mcp/", "https://mcp.example.com/mcp/", "https://mcp.example.com")]
    [InlineData("http://[2001:DB8::1]:9000/mcp", "http://[2001:db8::1]:9000/mcp", "http://[2001:db8::1]:9000")]
    [InlineData("http://0x7f.1/mcp", "http://127.0.0.1/mcp", "http://127.0.0.1")]
    [InlineData("http://intranet/mcp", "http://intranet/mcp", "http://intranet")]
    public void Spellings_of_one_address_have_one_canonical_form(string text, string canonical, string origin)
    {
        Assert.True(ServerUrl.Read(text).TryGet(out var url));

        Assert.Equal(canonical, url.Canonical);
        Assert.Equal(origin, url.Origin);
        Assert.Equal(text, url.Text);
    }

    [Theory]
    [InlineData("mcp.example.com/mcp", "is not an absolute http or https URL")]
    [InlineData("ftp://mcp.example.com/", "is not an absolute http or https URL")]
    [InlineData("file:///etc/passwd", "is not an absolute http or https URL")]
    [InlineData("https://", "is not an absolute http or https URL")]
    [InlineData("", "is not an absolute http or https URL")]
    [InlineData("stdio://weather", "is a stdio server")]
    [InlineData("npx", "is a stdio server")]
    [InlineData("./server.py", "is a stdio server")]
    [InlineData("/usr/bin/mcp-server", "is a stdio server")]
    [InlineData("https://alice:secret@mcp.example.com/mcp", "carries a user name or password")]
    [InlineData("https://alice@mcp.example.com/mcp", "carries a user name or password")]
    [InlineData("https://mcp.example.com/mcp#top", "has a fragment")]
    [InlineData("https://mcp.example.com/mcp#", "has a fragment")]
    [InlineData("https://mcp.example.com:0/mcp", "has port 0")]
    [InlineData("https://mcp.example.com:99999/mcp", "is not an absolute http or https URL")]
    [InlineData("https://mcp example.com/mcp", "holds a space")]
    [InlineData(" https://mcp.example.com/mcp", "holds a space")]
    [InlineData("https://mcp.example.com\\@evil.example/mcp", "holds a space, a control character or a backslash")]
    [InlineData("https://mcp.example.com/\r\nHost: evil", "holds a space, a control character")]
    [InlineData("https://-.example..com/mcp", "is not an absolute http or https URL")]
    [InlineData("https://xn--é/mcp", "which is no host name")]
    [InlineData("https://*.example.com/mcp", "is not an absolute http or https URL")]
    public void What_cannot_be_watched_is_refused_with_its_reason(string text, string reason)
    {
        var read = ServerUrl.Read(text);

        Assert.False(read.TryGet(out _));
        Assert.Contains(reason, read.Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_not_repeated_in_the_refusal() =>
        Assert.DoesNotContain(
            "hunter2",
            ServerUrl.Read("https://alice:hunter2@mcp.example.com/mcp").Problems.Single().Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_url_of_2048_characters_is_taken_and_a_longer_one_is_not()
    {
        var longest = "https://mcp.example.com/" + new string('a', 2048 - 24);

        Assert.True(ServerUrl.Read(longest).TryGet(out _));
        Assert.False(ServerUrl.Read(longest + "a").TryGet(out _));
    }
}
