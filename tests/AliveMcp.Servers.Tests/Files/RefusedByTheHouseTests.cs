using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>Files that are good in themselves and still may not be applied.</summary>
public sealed class RefusedByTheHouseTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task A_plan_bounds_the_number_of_servers_and_private_ones()
    {
        var refused = await install.TryApplyAsync(
            """
            servers:
              - { slug: a, url: "https://a.example/mcp" }
              - { slug: b, url: "https://b.example/mcp" }
              - { slug: c, url: "https://c.example/mcp", visibility: private }
            """,
            tenant: Install.Charlie
        );

        Assert.Equal(["plan_private", "plan_limit"], refused.Problems.Select(problem => problem.Code));
        Assert.Equal("That would be 3 servers; the plan 'public' has 2.", refused.Problems[1].Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8802/mcp", "127.0.0.1, a loopback address")]
    [InlineData("http://localhost:8802/mcp", "127.0.0.1, a loopback address")]
    [InlineData("http://[::1]:8801/mcp", "::1, a loopback address")]
    [InlineData("http://10.1.2.3/mcp", "10.1.2.3, a private address")]
    [InlineData("http://169.254.169.254/mcp", "169.254.169.254, a metadata address")]
    [InlineData("http://[::ffff:10.0.0.1]/mcp", "a private address")]
    [InlineData("http://2130706433:9000/mcp", "127.0.0.1, a loopback address")]
    public async Task An_address_that_would_never_be_dialled_is_refused_when_it_is_registered(string url, string why)
    {
        var refused = await install.TryApplyAsync($"servers: [{{ slug: a, url: '{url}' }}]");

        var problem = refused.Problems.Single();
        Assert.Equal("address_not_allowed", problem.Code);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Contains("Egress:Allow", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_health_url_leads_to_no_closed_address_either()
    {
        var refused = await install.TryApplyAsync(
            "servers: [{ slug: a, url: 'https://a.example/mcp', health: { url: 'http://169.254.169.254/latest' } }]"
        );

        var problem = refused.Problems.Single();
        Assert.Equal(("address_not_allowed", "servers[0].health.url"), (problem.Code, problem.Field));
        Assert.Contains("health.url leads to 169.254.169.254", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_theinstall_opened_is_taken() =>
        Assert.Equal(
            ["a"],
            (await install.ApplyAsync("servers: [{ slug: a, url: 'http://localhost:8801/mcp' }]")).Created
        );

    [Fact]
    public async Task What_the_install_itself_started_needs_no_opening() =>
        Assert.Equal(
            ["a"],
            (
                await install.ApplyAsync(
                    "servers: [{ slug: a, url: 'http://127.0.0.1:9999/mcp' }]",
                    new ApplyOptions { TrustsAddresses = true }
                )
            ).Created
        );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
