using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Desk;

/// <summary>Signs and verifies tickets: HMAC-SHA256 over prober, server, region and minute, base64url.</summary>
internal sealed class TicketSigner(byte[] key)
{
    public string Sign(string prober, ServerKey server, Region region, MinuteStamp minute) =>
        Base64Url.EncodeToString(Mac(prober, server, region, minute));

    /// <summary>Takes the same time whatever is wrong with the signature.</summary>
    public bool Verifies(string? signature, string prober, ServerKey server, Region region, MinuteStamp minute)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature is { Length: < 64 }
            && Base64Url.IsValid(signature, out var length)
            && length == given.Length
            && Base64Url.TryDecodeFromChars(signature, given, out _)
            && CryptographicOperations.FixedTimeEquals(given, Mac(prober, server, region, minute));
    }

    // No part can hold a line feed, so no two tickets have one text.
    private byte[] Mac(string prober, ServerKey server, Region region, MinuteStamp minute) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"ticket 1\n{prober}\n{server}\n{region}\n{minute.Value}"));
}
