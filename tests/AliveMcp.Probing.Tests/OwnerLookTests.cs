using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

/// <summary>An origin is asked whether it wants to be watched, over real sockets.</summary>
public sealed class OwnerLookTests
{
    [Fact]
    public async Task Who_does_not_want_to_be_watched_gets_one_get_and_no_more()
    {
        await using var server = await FakeMcpServer.StartAsync(Saying(200, """{"watch": false, "contact": "x"}"""));

        var result = await Probes.ProbeAsync(Probes.Order(server.Url) with { AsksOwner = true });

        Assert.Equal((ServerState.Unknown, Why.WatchDeclined), (result.Attempt.State, result.Attempt.Why));
        Assert.Equal(OwnerWish.Declines, result.Observed.OwnerWish);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("GET", "/.well-known/alivemcp.json"), (request.Method, request.Path));
    }

    [Theory]
    [InlineData(200, """{"watch": true}""", OwnerWish.MayWatch)]
    [InlineData(200, """{"watch": "false"}""", OwnerWish.MayWatch)]
    [InlineData(200, "<html>a page for every path</html>", OwnerWish.MayWatch)]
    [InlineData(200, "[]", OwnerWish.MayWatch)]
    [InlineData(404, "", OwnerWish.MayWatch)]
    [InlineData(410, "", OwnerWish.MayWatch)]
    [InlineData(401, "", OwnerWish.NoAnswer)]
    [InlineData(429, "", OwnerWish.NoAnswer)]
    [InlineData(500, """{"watch": false}""", OwnerWish.NoAnswer)]
    public async Task Anything_else_takes_nothing_from_the_probe(int status, string body, OwnerWish wish)
    {
        var result = await Probes.ProbeAsync(Saying(status, body), order => order with { AsksOwner = true });

        Assert.Equal((ServerState.Live, wish), (result.Attempt.State, result.Observed.OwnerWish));
    }

    [Fact]
    public async Task A_wish_longer_than_it_may_be_is_none()
    {
        var body = "{\"watch\": false, \"why\": \"" + new string('x', 5_000) + "\"}";

        var result = await Probes.ProbeAsync(Saying(200, body), order => order with { AsksOwner = true });

        Assert.Equal(ServerState.Live, result.Attempt.State);
        Assert.NotEqual(OwnerWish.Declines, result.Observed.OwnerWish);
    }

    [Fact]
    public async Task Silence_costs_its_own_time_and_none_of_the_probes()
    {
        var result = await Probes.ProbeAsync(Specimens.HealthHangs, order => order with { AsksOwner = true });

        Assert.Equal((ServerState.Live, OwnerWish.NoAnswer), (result.Attempt.State, result.Observed.OwnerWish));
    }

    [Fact]
    public async Task Who_is_not_asked_about_is_not_asked()
    {
        await using var server = await FakeMcpServer.StartAsync(Saying(200, """{"watch": false}"""));

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal((ServerState.Live, OwnerWish.NotAsked), (result.Attempt.State, result.Observed.OwnerWish));
        Assert.DoesNotContain(server.Requests, request => request.Method == "GET");
    }

    private static Specimen Saying(int status, string body) =>
        Specimens.WithHealth($"says {status} {body}", status, body);
}
