using System.Net;
using AliveMcp.Probing.Credentials;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class AddressRulesTests
{
    private static readonly Uri Home = new("https://mcp.example/mcp");

    [Theory]
    [InlineData("93.184.215.14", true, true)]
    [InlineData("93.184.215.14", false, false)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("10.0.0.1", false, true)]
    [InlineData("100.64.0.1", false, true)]
    [InlineData("fd12::1", false, true)]
    [InlineData("::ffff:10.0.0.1", false, true)]
    [InlineData("64:ff9b::5db8:d70e", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("203.0.113.1", false, false)]
    public void A_key_travels_inside_tls_or_stays_in_a_private_range(string address, bool secure, bool may)
    {
        Assert.Equal(may, AddressRules.ForKey(To("mcp.example", address, secure)) is null);
    }

    [Theory]
    [InlineData("93.184.215.14", true, false, true)]
    [InlineData("93.184.215.14", false, false, false)]
    [InlineData("10.0.0.1", true, false, false)]
    [InlineData("127.0.0.1", true, false, false)]
    [InlineData("64:ff9b::a00:1", true, false, false)]
    [InlineData("10.0.0.1", true, true, true)]
    [InlineData("10.0.0.1", false, true, true)]
    [InlineData("93.184.215.14", false, true, false)]
    public void A_public_servers_words_lead_to_no_private_place(
        string address,
        bool secure,
        bool homeIsPrivate,
        bool may
    )
    {
        Assert.Equal(may, AddressRules.ForHearsay(To("as.example", address, secure), Home, homeIsPrivate) is null);
    }

    [Fact]
    public void Home_itself_may_be_asked_again()
    {
        Assert.Null(AddressRules.ForHearsay(To("MCP.example", "10.0.0.1", secure: true), Home, homeIsPrivate: false));
        Assert.NotNull(
            AddressRules.ForHearsay(To("mcp.example", "10.0.0.1", secure: true, 8443), Home, homeIsPrivate: false)
        );
    }

    private static Approach To(string host, string address, bool secure, int port = 443) =>
        new(host, port, secure, IPAddress.Parse(address));
}
