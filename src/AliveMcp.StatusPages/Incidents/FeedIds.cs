using System.Security.Cryptography;
using System.Text;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Incidents;

/// <summary>
/// Ids of feeds and their entries (RFC 4287, 4.2.6): of the install and what it is, by hash. They are nobody else's in the world, and stay when
/// the server's slug or our address changes.
/// </summary>
/// <param name="Install">The install's number.</param>
internal readonly record struct FeedIds(Guid Install)
{
    public string Of(ServerId server) => Of($"server:{server}");

    public string Of(IncidentId incident) => Of($"incident:{incident}");

    /// <summary>A UUID of version 8 (RFC 9562, 5.8): the first bits of a SHA-256.</summary>
    private string Of(string what)
    {
        byte[] named = [.. Install.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(what)];
        var bytes = SHA256.HashData(named)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}
