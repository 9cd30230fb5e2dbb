using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Vocabulary;

/// <summary>The network that an address belongs to, as far as neighbours share a fate: its /24, of IPv6 its /48. Never shown to anybody.</summary>
public static class AddressBlock
{
    private const int LongestText = 50;

    /// <summary>For example <c>203.0.113.0/24</c> or <c>2001:db8:1::/48</c>.</summary>
    public static string Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        var kept = bytes.Length == 4 ? 3 : 6;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{kept * 8}");
    }

    /// <summary>Whether somebody's text is such a block, spelled as we spell it.</summary>
    public static bool IsBlock(string? text) =>
        text is { Length: <= LongestText }
        && IPNetwork.TryParse(text, out var network)
        && network.PrefixLength == (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 24 : 48)
        && Of(network.BaseAddress) == text;
}
