using System.Net;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>Where a request comes from.</summary>
/// <param name="Address">Its network address.</param>
/// <param name="Agent">What its program calls itself, made safe to show.</param>
public sealed record Visitor(string Address, string Agent)
{
    private const int LongestAgent = 200;

    /// <summary>By what tries are counted: of IPv6 the network of one household, for it has all addresses of it.</summary>
    public string Network { get; private init; } = Address;

    /// <summary>Reads it off a request.</summary>
    public static Visitor Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var agent = SafeText.Of(http.Request.Headers.UserAgent.ToString(), LongestAgent);
        return new Visitor(plain.ToString(), agent) { Network = NetworkOf(plain) };
    }

    private static string NetworkOf(IPAddress address)
    {
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
