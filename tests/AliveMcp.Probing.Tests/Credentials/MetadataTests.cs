using AliveMcp.Probing.Credentials;
using AliveMcp.Testing.Wire;
using static AliveMcp.Probing.Tests.Credentials.WaysIn;

namespace AliveMcp.Probing.Tests.Credentials;

/// <summary>What comes where metadata should be, and where nobody is led by it.</summary>
public sealed class MetadataTests
{
    public static TheoryData<string, Reaction, string> Bodies =>
        new()
        {
            { "html", call => call.BodyAsync(200, "text/html", "<html>"), "text/html that is no JSON" },
            { "an array", call => call.BodyAsync(200, "application/json", "[]"), "JSON that is no object" },
            { "nothing", call => call.StatusAsync(200), "that is no JSON" },
            { "a failure", call => call.StatusAsync(500), "HTTP 500" },
            {
                "too deep",
                call => call.BodyAsync(200, "application/json", new string('[', 500) + new string(']', 500)),
                "that is no JSON"
            },
            {
                "too much",
                call => call.BodyAsync(200, "application/json", $$"""{"a":"{{new string('x', 200_000)}}"}"""),
                "that is no JSON"
            },
            { "a reset", call => call.ResetAsync(), "got " },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Whatever_comes_in_place_of_metadata_is_told(string what, Reaction reaction, string told)
    {
        await using var issuer = (await FakeAuthorizationServer.StartAsync()).PublishesInstead(reaction);

        var result = await ProbeAsync(Described(issuer));

        Assert.NotNull(what);
        Broken(result, told);
    }

    [Fact]
    public async Task Metadata_is_fetched_from_where_it_is_said_to_be_and_no_redirect_is_followed()
    {
        await using var inside = await FakeMcpServer.StartAsync(Specimens.Healthy);
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        issuer.PublishesInstead(call =>
        {
            call.Http.Response.Headers.Location = inside.Url.AbsoluteUri;
            return call.StatusAsync(302);
        });

        var result = await ProbeAsync(Described(issuer));

        Broken(result, $"HTTP 302 to {inside.Url}".Replace("127.0.0.1", "[ip]", StringComparison.Ordinal));
        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[fd00:ec2::254]/latest")]
    [InlineData("https://10.1.2.3/metadata")]
    public async Task The_guard_has_the_last_word_about_named_places(string place)
    {
        var result = await ProbeAsync(Specimens.Guarded(Keys.Nobody, $"Bearer resource_metadata=\"{place}\""));

        Broken(result, "the name leads to a");
    }

    [Theory]
    [InlineData("https://a.example", "/.well-known/oauth-authorization-server /.well-known/openid-configuration")]
    [InlineData(
        "https://a.example/t/",
        "/.well-known/oauth-authorization-server/t /.well-known/openid-configuration/t /t/.well-known/openid-configuration"
    )]
    [InlineData(
        "https://a.example//b.example/t",
        "/.well-known/oauth-authorization-server//b.example/t /.well-known/openid-configuration//b.example/t //b.example/t/.well-known/openid-configuration"
    )]
    public void Metadata_is_looked_for_at_the_issuers_own_places(string issuer, string paths)
    {
        var places = AuthorizationServer.Places(new Uri(issuer)).ToList();

        Assert.All(places, place => Assert.Equal("a.example", place.Host));
        Assert.Equal(paths.Split(' '), places.Select(place => place.AbsolutePath));
    }

    [Fact]
    public async Task An_issuer_whose_host_cannot_exist_is_nobody()
    {
        var host = string.Concat(Enumerable.Range(0, 50).Select(at => (char)(0x4e00 + 37 * at)));
        var specimen = Specimens.Guarded(Keys.Nobody).Describing(Specimens.Resource($"https://{host}"));

        var result = await ProbeAsync(specimen);

        Broken(result, "a host name that can be asked for");
    }
}
