using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Credentials;

/// <summary>Credentials for tests, and what lets them in.</summary>
internal static class Keys
{
    public const string Secret = "planted-7f3a9c/Zq+x81";

    public static ProbeCredential Bearer { get; } =
        new()
        {
            Kind = CredentialKind.Bearer,
            Identity = "cred-1",
            Secret = Secret,
        };

    public static ProbeCredential Header { get; } =
        Bearer with
        {
            Kind = CredentialKind.Header,
            HeaderName = "X-API-Key",
        };

    public static ProbeCredential Basic { get; } = Bearer with { Kind = CredentialKind.Basic, User = "alice" };

    public static ProbeCredential Client(FakeAuthorizationServer server) =>
        new()
        {
            Kind = CredentialKind.ClientCredentials,
            Identity = "cred-2",
            User = FakeAuthorizationServer.Client,
            Secret = FakeAuthorizationServer.Secret,
            TokenEndpoint = server.TokenEndpoint,
        };

    public static Func<SeenRequest, bool> OnlyBearer { get; } =
        seen => seen.Header("Authorization") == $"Bearer {Secret}";

    public static Func<SeenRequest, bool> Nobody { get; } = _ => false;

    /// <summary>Probes with a credential.</summary>
    public static Task<ProbeResult> ProbeAsync(
        this FakeMcpServer server,
        ProbeCredential credential,
        Func<ProbeOrder, ProbeOrder>? change = null
    )
    {
        var order = Unhurried(Probes.Order(server.Url)) with { Credential = credential };
        return Probes.ProbeAsync(change?.Invoke(order) ?? order);
    }

    public static ProbeOrder AtGate(ProbeOrder order) => Unhurried(order) with { LooksAtGate = true };

    // What is beside the conversation gets a third of the whole, and a busy machine is slow.
    public static ProbeOrder Unhurried(ProbeOrder order) =>
        order with
        {
            Limits = order.Limits with { Total = TimeSpan.FromSeconds(30) },
        };
}
