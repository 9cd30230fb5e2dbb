using AliveMcp.Testing.Wire;

namespace AliveMcp.Probing.Tests;

public sealed class SessionTests
{
    [Fact]
    public async Task A_session_is_used_and_ended()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.True(result.Observed.IssuesSessions);
        Assert.False(result.Observed.DeleteRefused);
        Assert.Empty(server.Sessions);
        Assert.Equal("DELETE", server.Requests[^1].Method);
    }

    [Fact]
    public async Task A_refused_goodbye_is_noted()
    {
        var result = await Probes.ProbeAsync(Specimens.DeleteNotAllowed);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.True(result.Observed.DeleteRefused);
        Assert.Equal("delete_refused", Assert.Single(result.Findings).Code);
    }

    [Fact]
    public async Task A_session_id_that_no_header_can_carry_is_noted_and_not_sent()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.SessionUnusable);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal("session_id_invalid", Assert.Single(result.Findings).Code);
        Assert.All(server.Requests, request => Assert.Null(request.Header("Mcp-Session-Id")));
    }

    [Fact]
    public async Task A_session_given_for_discover_is_never_sent_with_initialize_and_ended_all_the_same()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HatesStaleSessions);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(2, server.Requests.Count(request => request.Method == "DELETE"));
        Assert.Empty(server.Sessions);
    }

    [Theory]
    [MemberData(nameof(Strays))]
    public async Task Sessions_given_unasked_are_ended_and_never_used(Specimen specimen)
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal((true, false), (result.Observed.IssuesSessions, result.Observed.DeleteRefused));
        Assert.Empty(server.Sessions);
    }

    public static TheoryData<Specimen> Strays => [Specimens.SessionForDiscover, Specimens.SessionEveryTime];

    [Fact]
    public async Task An_id_on_a_discover_answer_that_is_no_session_is_no_session()
    {
        var specimen = Specimens.HealthyDiscover.On(
            "server/discover",
            call =>
            {
                call.Http.Response.Headers["Mcp-Session-Id"] = "ignored";
                return call.BehaveAsync();
            }
        );
        await using var server = await FakeMcpServer.StartAsync(specimen);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal((false, false), (result.Observed.IssuesSessions, result.Observed.DeleteRefused));
        Assert.Null(server.Requests.Single(request => request.Rpc == "tools/list").Header("Mcp-Session-Id"));
    }
}
