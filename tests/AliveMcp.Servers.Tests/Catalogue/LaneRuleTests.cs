using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AliveMcp.Servers.Tests.Catalogue;

public sealed class LaneRuleTests
{
    [Theory]
    [InlineData("https://mcp.example.com/mcp")]
    [InlineData("https://mcp.example.com")]
    [InlineData("https://a.b:8443/mcp?x=1")]
    [InlineData("https://xn--bcher-kva.example/mcp")]
    [InlineData("https://bücher.example/mcp")]
    [InlineData("https://9.9.9.9/mcp")]
    [InlineData("https://[2a00:1450::1]/mcp")]
    [InlineData("https://3com.example/mcp")]
    [InlineData("https://mcp.example.com./mcp")]
    [InlineData("https://local.example/mcp")]
    public void What_is_public_or_only_a_name_is_shared(string url) => Assert.Equal(Lane.Shared, Of(url));

    [Theory]
    [InlineData("http://127.0.0.1:9000/mcp")]
    [InlineData("http://127.1/mcp")]
    [InlineData("http://2130706433/mcp")]
    [InlineData("http://0x7f.1/mcp")]
    [InlineData("http://10.1.2.3/mcp")]
    [InlineData("http://172.31.0.9/mcp")]
    [InlineData("http://192.168.0.4:80/mcp")]
    [InlineData("http://100.64.0.1/mcp")]
    [InlineData("http://169.254.169.254/mcp")]
    [InlineData("http://[::1]:9000/mcp")]
    [InlineData("http://[::ffff:10.0.0.1]/mcp")]
    [InlineData("http://[fd00::1]/mcp")]
    [InlineData("http://localhost:9000/mcp")]
    [InlineData("http://LOCALHOST./mcp")]
    [InlineData("http://mcp.localhost/mcp")]
    [InlineData("http://printer.local/mcp")]
    [InlineData("http://mcp.corp.internal:8080/mcp")]
    [InlineData("http://tools.home.arpa/mcp")]
    [InlineData("http://mcp/mcp")]
    public void What_can_only_lie_inside_is_isolated(string url) => Assert.Equal(Lane.Isolated, Of(url));

    [Fact]
    public void An_operator_opens_ranges_to_the_shared_lane_by_address_and_port()
    {
        (string, string) opened = ("Lanes:Shared:0", "127.0.0.1/32:8801");

        Assert.Equal(Lane.Shared, Of("http://127.0.0.1:8801/mcp", opened));
        Assert.Equal(Lane.Isolated, Of("http://127.0.0.1:8802/mcp", opened));
    }

    [Fact]
    public void A_range_that_is_none_is_told_by_its_key()
    {
        var fault = Assert.Throws<OptionsValidationException>(() =>
            Of("https://mcp.example", ("Lanes:Shared:0", "everywhere"))
        );

        Assert.StartsWith(
            "Lanes:Shared:0 is 'everywhere': write a CIDR and a port",
            Assert.Single(fault.Failures),
            StringComparison.Ordinal
        );
    }

    private static Lane Of(string url, params (string Key, string Value)[] settings) =>
        LaneRule
            .From(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
                    .Build()
            )
            .Of(url);
}
