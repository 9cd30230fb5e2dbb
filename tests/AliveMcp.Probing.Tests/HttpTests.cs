using AliveMcp.Testing.Wire;

namespace AliveMcp.Probing.Tests;

public sealed class HttpTests
{
    [Fact]
    public async Task A_redirect_inside_the_origin_is_followed_with_a_warning_that_names_the_url()
    {
        var result = await Probes.ProbeAsync(Specimens.RedirectsWithin);

        Assert.Contains("/mcp/", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_429_is_not_answered_with_another_request()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.AsksLessOften);

        await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_status_that_decided_is_kept()
    {
        var result = await Probes.ProbeAsync(Specimens.Status(503));

        Assert.Equal(503, result.Attempt.HttpStatus);
    }
}
