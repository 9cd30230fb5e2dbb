using AliveMcp.Alerting.Suppression;

namespace AliveMcp.Alerting.Tests.Suppression;

public sealed class CausesTests
{
    [Theory]
    [InlineData("https://example.com:443", "host:example.com domain:example.com")]
    [InlineData("https://a.example.com:443", "host:a.example.com domain:example.com")]
    [InlineData("https://x.a.example.com:443", "host:x.a.example.com parent:a.example.com domain:example.com")]
    [InlineData("https://x.a.example.co.uk:443", "host:x.a.example.co.uk parent:a.example.co.uk domain:example.co.uk")]
    [InlineData("https://me.github.io:443", "host:me.github.io domain:github.io")]
    [InlineData("http://203.0.113.7:80", "host:203.0.113.7 block:203.0.113.0/24")]
    [InlineData("http://[2001:db8:1:2::3]:80", "host:2001:db8:1:2::3 block:2001:db8:1::/48")]
    public void A_host_its_block_and_the_names_above_it_are_causes_down_to_two_labels_below_the_suffix(
        string origin,
        string causes
    ) => Assert.Equal(causes.Split(' '), Causes.Of(origin, [], null, []));

    [Fact]
    public void Of_a_named_host_the_networks_that_it_leads_to_and_who_signed_for_it_are_causes_too()
    {
        Assert.Equal(
            [
                "host:me.example.com",
                "domain:example.com",
                "block:198.51.100.0/24",
                "block:203.0.113.0/24",
                "issuer:Example CA R1",
            ],
            Causes.Of("https://me.example.com:443", ["203.0.113.0/24", "198.51.100.0/24"], "Example CA R1", [])
        );
        Assert.Equal("3 servers behind one network", Causes.Counted("block:203.0.113.0/24", 3));
        Assert.Equal("1 server behind certificates of Example CA R1", Causes.Counted("issuer:Example CA R1", 1));
        Assert.Equal("4 servers seen to fail from us-east alone", Causes.Counted("region:us-east", 4));
    }

    [Fact]
    public void Servers_that_it_depends_on_stand_after_its_host_and_are_told_by_name_and_never_shared()
    {
        Assert.Equal(
            ["host:me.example.com", "needs:4", "needs:12", "domain:example.com"],
            Causes.Of("https://me.example.com:443", [], null, [12, 4])
        );
        var names = new Dictionary<int, string> { [4] = "Data\u202Ebase" };
        var told = Causes.Counted("needs:4", 3, names);
        Assert.StartsWith("3 servers behind Data", told, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', told);
        Assert.Equal("3 servers behind one server", Causes.Counted("needs:12", 3, names));
        Assert.False(Causes.IsShared("needs:4"));
        Assert.True(Causes.IsOwn("needs:4"));
    }

    [Fact]
    public void An_address_is_never_shown()
    {
        foreach (var cause in Causes.Of("http://203.0.113.7:80", [], null, []))
        {
            Assert.DoesNotContain("203", Causes.Shown(cause), StringComparison.Ordinal);
        }
    }
}
