using System.Globalization;
using AliveMcp.Egress;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Transports;

/// <summary>What a dial's fault is called on the wire, where it belongs and how it is told.</summary>
internal static class DialFaults
{
    public static WireFault Wire(DialFault fault) =>
        fault switch
        {
            DialFault.NameNotFound or DialFault.NameWithoutAddress => WireFault.NameNotFound,
            DialFault.NameFailed => WireFault.NameFailed,
            DialFault.NotAllowed => WireFault.AddressNotAllowed,
            DialFault.Refused => WireFault.Refused,
            DialFault.Reset => WireFault.Reset,
            DialFault.NoRoute => WireFault.NoRoute,
            DialFault.NoFamily or DialFault.Unfit or DialFault.ResolverUnfit => WireFault.Unfit,
            _ => WireFault.ConnectTimeout,
        };

    public static ProbeStep Phase(DialFault fault) =>
        fault
            is DialFault.NameNotFound
                or DialFault.NameWithoutAddress
                or DialFault.NameFailed
                or DialFault.ResolverUnfit
            ? ProbeStep.Resolve
            : ProbeStep.Connect;

    /// <summary>The addresses themselves stay out: a private one would tell how the target's network is laid out.</summary>
    public static string? Detail(Dial dial, int port) =>
        dial.Fault switch
        {
            DialFault.NotAllowed when dial.Address is { } address =>
                $"the name leads to a {Word(EgressGuard.Classify(address))} address; open it with Egress:Allow if it is yours",
            DialFault.Refused => string.Create(CultureInfo.InvariantCulture, $"nothing listens on port {port}"),
            DialFault.NameNotFound =>
                "expected the name to lead to an address, got: no such name, or no address for it",
            DialFault.NameWithoutAddress => "expected the name to lead to an address, got a name without any",
            DialFault.ResolverUnfit =>
                "this machine could not ask for the name's address: its own resolver does not answer",
            DialFault.NameFailed => "expected the name to lead to an address, got a failure of the resolver",
            DialFault.Reset => "expected a connection, got it closed while it was being made",
            DialFault.TimedOut => "expected a connection, got no answer from any address in time",
            DialFault.NoRoute => "this machine has no route to any of the name's addresses",
            DialFault.NoFamily => "this machine does not speak the address family of any of the name's addresses",
            DialFault.Unfit => "this machine could not open a connection of its own",
            _ => null,
        };

    private static string Word(AddressClass kind) =>
        kind switch
        {
            AddressClass.CarrierNat => "carrier NAT",
            AddressClass.LinkLocal => "link-local",
            _ => kind.ToString().ToLowerInvariant(),
        };
}
