using AliveMcp.Egress;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Credentials;

/// <summary>What an address must satisfy beside the egress guard, which has the last word in any case.</summary>
internal static class AddressRules
{
    /// <summary>A credential travels inside TLS, or stays inside an allowed private range.</summary>
    public static Objection? ForKey(Approach approach) =>
        approach.Secure || IsPrivate(EgressGuard.Classify(approach.Address))
            ? null
            : new Objection(
                WireFault.KeyWithheld,
                ProbeStep.Gate,
                $"expected https, or http in an allowed private range, got http to {approach.Host}: the credential was not sent"
            );

    /// <summary>
    /// A stranger's words lead to no place that the stranger could not be in: a private address is only followed from a private server,
    /// and plain http only there.
    /// </summary>
    /// <param name="home">The server itself, which was dialled before.</param>
    /// <param name="homeIsPrivate">Whether it stands in an allowed private range.</param>
    public static Objection? ForHearsay(Approach approach, Uri home, bool homeIsPrivate)
    {
        if (
            string.Equals(approach.Host, home.IdnHost, StringComparison.OrdinalIgnoreCase)
            && approach.Port == home.Port
        )
        {
            return null;
        }

        var isPrivate = EgressGuard.Classify(approach.Address) != AddressClass.Public;
        return isPrivate && !homeIsPrivate
                ? Against("an address that a public server may name", "one that is not public")
            : !isPrivate && !approach.Secure ? Against("https", $"http to {approach.Host}")
            : null;
    }

    /// <summary>Whether the server that this wire was first connected to stands in a range that had to be opened.</summary>
    public static bool IsHomePrivate(Wire wire) =>
        wire.Connector.Address is { } address && EgressGuard.Classify(address) != AddressClass.Public;

    public static bool IsPrivate(AddressClass kind) =>
        kind is AddressClass.Loopback or AddressClass.Private or AddressClass.CarrierNat or AddressClass.LinkLocal;

    private static Objection Against(string expected, string got) =>
        new(WireFault.AddressNotAllowed, ProbeStep.SignIn, $"expected {expected}, got {got}");
}
