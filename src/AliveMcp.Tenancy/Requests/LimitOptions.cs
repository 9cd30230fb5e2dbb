using System.ComponentModel.DataAnnotations;

namespace AliveMcp.Tenancy.Requests;

/// <summary>How much may be asked of the API in a minute: section <c>Limits</c>. A request costs 1 unless its route says more.</summary>
public sealed class LimitOptions
{
    private const int Most = 10_000_000;

    /// <summary>Of one address (an IPv6 network of 64 bits) by whoever shows no good token. Default 1,200.</summary>
    [Range(1, Most)]
    public int AddressPerMinute { get; set; } = 1_200;

    /// <summary>Of one key or person. Default 3,000.</summary>
    [Range(1, Most)]
    public int CallerPerMinute { get; set; } = 3_000;

    /// <summary>Of all keys and persons of one tenant together. Default 12,000.</summary>
    [Range(1, Most)]
    public int TenantPerMinute { get; set; } = 12_000;
}
