using System.Net;

namespace AliveMcp.Egress;

/// <summary>The order of RFC 8305, section 4: the resolver's order kept, families taking turns, so that one dead family costs one delay.</summary>
internal static class AddressOrder
{
    public static IPAddress[] Interleave(IPAddress[] addresses)
    {
        if (addresses.Length < 3)
        {
            return addresses;
        }

        var first = addresses[0].AddressFamily;
        var leading = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily == first));
        var other = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily != first));
        var ordered = new List<IPAddress>(addresses.Length);
        while (leading.Count + other.Count > 0)
        {
            if (leading.TryDequeue(out var one))
            {
                ordered.Add(one);
            }

            if (other.TryDequeue(out var two))
            {
                ordered.Add(two);
            }
        }

        return [.. ordered];
    }
}
