using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Egress;

/// <summary>Sorts addresses by the IANA special-purpose registries (RFC 6890 and its updates) and the metadata addresses of the clouds.</summary>
internal static class AddressClassifier
{
    // The first range that holds the address decides, so the narrow ones stand before those that contain them.
    private static readonly (IPNetwork Range, AddressClass Class)[] V4 =
    [
        // Instance metadata, task credentials, time and DNS of the large clouds live in these two.
        (IPNetwork.Parse("169.254.169.0/24"), AddressClass.Metadata),
        (IPNetwork.Parse("169.254.170.0/24"), AddressClass.Metadata),
        (IPNetwork.Parse("100.100.100.200/32"), AddressClass.Metadata),
        (IPNetwork.Parse("168.63.129.16/32"), AddressClass.Metadata),
        (IPNetwork.Parse("192.0.0.192/32"), AddressClass.Metadata),
        (IPNetwork.Parse("0.0.0.0/8"), AddressClass.Reserved),
        (IPNetwork.Parse("10.0.0.0/8"), AddressClass.Private),
        (IPNetwork.Parse("100.64.0.0/10"), AddressClass.CarrierNat),
        (IPNetwork.Parse("127.0.0.0/8"), AddressClass.Loopback),
        (IPNetwork.Parse("169.254.0.0/16"), AddressClass.LinkLocal),
        (IPNetwork.Parse("172.16.0.0/12"), AddressClass.Private),
        (IPNetwork.Parse("192.0.0.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("192.0.2.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("192.31.196.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("192.52.193.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("192.88.99.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("192.168.0.0/16"), AddressClass.Private),
        (IPNetwork.Parse("192.175.48.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("198.18.0.0/15"), AddressClass.Reserved),
        (IPNetwork.Parse("198.51.100.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("203.0.113.0/24"), AddressClass.Reserved),
        (IPNetwork.Parse("224.0.0.0/4"), AddressClass.Multicast),
        (IPNetwork.Parse("240.0.0.0/4"), AddressClass.Reserved),
    ];

    private static readonly (IPNetwork Range, AddressClass Class)[] V6 =
    [
        (IPNetwork.Parse("::1/128"), AddressClass.Loopback),
        (IPNetwork.Parse("fd00:ec2::/32"), AddressClass.Metadata),
        (IPNetwork.Parse("fd20:ce::254/128"), AddressClass.Metadata),
        (IPNetwork.Parse("fd00:c1::a9fe:a9fe/128"), AddressClass.Metadata),
        (IPNetwork.Parse("fe80::a9fe:a9fe/128"), AddressClass.Metadata),
        (IPNetwork.Parse("fc00::/7"), AddressClass.Private),
        (IPNetwork.Parse("fec0::/10"), AddressClass.Private),
        (IPNetwork.Parse("fe80::/10"), AddressClass.LinkLocal),
        (IPNetwork.Parse("ff00::/8"), AddressClass.Multicast),
        // Teredo, benchmarking, ORCHID, documentation and 6to4 lie inside 2000::/3.
        (IPNetwork.Parse("2001::/23"), AddressClass.Reserved),
        (IPNetwork.Parse("2001:db8::/32"), AddressClass.Reserved),
        (IPNetwork.Parse("2002::/16"), AddressClass.Reserved),
        (IPNetwork.Parse("2620:4f:8000::/48"), AddressClass.Reserved),
        (IPNetwork.Parse("3fff::/20"), AddressClass.Reserved),
        (IPNetwork.Parse("2000::/3"), AddressClass.Public),
        (IPNetwork.Parse("::/0"), AddressClass.Reserved),
    ];

    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>The class of an address; an IPv4 address inside an IPv6 one is judged by what it would reach.</summary>
    public static AddressClass Of(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return First(V4, address);
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return AddressClass.Reserved;
        }

        var bare = address.ScopeId == 0 ? address : new IPAddress(address.GetAddressBytes());
        var outer = First(V6, bare);
        if (outer is AddressClass.Loopback or AddressClass.Metadata || Inner(bare) is not { } inner)
        {
            return outer;
        }

        var reached = First(V4, inner);

        // A public address through NAT64 is how an IPv6-only host reaches the IPv4 Internet. The other forms are retired:
        // they stay closed, but a metadata address inside them keeps its name, because a reserved range may be opened.
        return reached != AddressClass.Public ? reached
            : bare.IsIPv4MappedToIPv6 || Nat64.Contains(bare) ? AddressClass.Public
            : AddressClass.Reserved;
    }

    private static IPAddress? Inner(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address) || Compatible.Contains(address) || IsIsatap(bytes))
        {
            return new IPAddress(bytes.AsSpan(12, 4));
        }

        if (SixToFour.Contains(address))
        {
            return new IPAddress(bytes.AsSpan(2, 4));
        }

        if (Teredo.Contains(address))
        {
            // The client's address is stored with every bit flipped (RFC 4380, section 4).
            Span<byte> client = [(byte)~bytes[12], (byte)~bytes[13], (byte)~bytes[14], (byte)~bytes[15]];
            return new IPAddress(client);
        }

        return null;
    }

    private static bool IsIsatap(byte[] bytes) =>
        (bytes[8] & 0xFC) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;

    private static AddressClass First((IPNetwork Range, AddressClass Class)[] table, IPAddress address)
    {
        foreach (var (range, kind) in table)
        {
            if (range.Contains(address))
            {
                return kind;
            }
        }

        return AddressClass.Public;
    }
}
