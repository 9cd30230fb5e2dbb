using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

public sealed class DoorTests
{
    [Theory]
    [InlineData(ProtectionExpectation.Auto)]
    [InlineData(ProtectionExpectation.Protected)]
    public async Task A_polite_refusal_where_none_is_unexpected_is_live_and_verified_to_the_gate(
        ProtectionExpectation expected
    )
    {
        var result = await Probes.ProbeAsync(Specimens.AsksToSignIn, Expecting(expected));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal((Access.Protected, VerifiedTo.Gate), (result.Attempt.Access, result.Attempt.VerifiedTo));
        Assert.StartsWith("Bearer", result.Auth, StringComparison.Ordinal);
        Assert.Equal(401, result.Attempt.HttpStatus);
    }

    [Fact]
    public async Task A_401_is_judged_at_once()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.AsksToSignIn);

        await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_polite_refusal_of_a_server_that_should_be_open_is_degraded()
    {
        var result = await Probes.ProbeAsync(Specimens.AsksToSignIn, Expecting(ProtectionExpectation.Open));

        Assert.Equal(Expected.Degraded(Why.AuthRequired, ProbeStep.Discover), Expected.Of(result));
        Assert.Equal(Access.Protected, result.Attempt.Access);
    }

    [Fact]
    public async Task A_401_that_tells_no_way_in_is_misconfigured()
    {
        var result = await Probes.ProbeAsync(Specimens.RefusesBarely, Expecting(ProtectionExpectation.Protected));

        Assert.Equal(Expected.Degraded(Why.AuthRequiredBare, ProbeStep.Discover), Expected.Of(result));
        Assert.Equal(Access.Misconfigured, result.Attempt.Access);
    }

    [Fact]
    public async Task Metadata_at_its_well_known_place_makes_a_bare_401_polite()
    {
        var result = await Probes.ProbeAsync(Specimens.RefusesWithMetadata);

        Assert.Equal((ServerState.Live, Access.Protected), (result.Attempt.State, result.Attempt.Access));
    }

    [Fact]
    public async Task Metadata_of_another_resource_does_not()
    {
        var result = await Probes.ProbeAsync(Specimens.RefusesWithOthersMetadata);

        Assert.Equal(Why.AuthRequiredBare, result.Attempt.Why);
    }

    [Fact]
    public async Task A_403_is_forbidden()
    {
        var result = await Probes.ProbeAsync(Specimens.Forbids);

        Assert.Equal(Expected.Degraded(Why.AuthForbidden, ProbeStep.Initialize), Expected.Of(result));
    }

    [Fact]
    public async Task A_door_that_should_be_shut_and_is_open_is_degraded()
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy, Expecting(ProtectionExpectation.Protected));

        Assert.Equal((ServerState.Degraded, Why.DoorOpen), (result.Attempt.State, result.Attempt.Why));
    }

    [Fact]
    public async Task A_refusal_at_the_list_is_verified_to_the_handshake()
    {
        var result = await Probes.ProbeAsync(Specimens.AsksAtTheList);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal((Access.Protected, VerifiedTo.Handshake), (result.Attempt.Access, result.Attempt.VerifiedTo));
    }

    private static Func<ProbeOrder, ProbeOrder> Expecting(ProtectionExpectation expected) =>
        order => order with { Expectations = new Expectations { Protection = expected } };
}
