using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests.Credentials;

/// <summary>Walks the way in of a server that lets nobody in, and says how it must have broken off.</summary>
internal static class WaysIn
{
    public static Specimen Described(FakeAuthorizationServer issuer) =>
        Specimens.Guarded(Keys.Nobody).Describing(Specimens.Resource(issuer.Issuer));

    public static async Task<ProbeResult> ProbeAsync(Specimen specimen)
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);
        return await Probes.ProbeAsync(Keys.AtGate(Probes.Order(server.Url)));
    }

    public static void Broken(ProbeResult result, params string[] told)
    {
        Assert.Equal(Expected.Degraded(Why.AuthDiscoveryBroken, ProbeStep.SignIn), Expected.Of(result));
        Assert.Equal(Access.Misconfigured, result.Attempt.Access);
        foreach (var text in told)
        {
            Assert.Contains(
                text.Replace("127.0.0.1", "[ip]", StringComparison.Ordinal),
                result.Attempt.Detail,
                StringComparison.Ordinal
            );
        }
    }
}
