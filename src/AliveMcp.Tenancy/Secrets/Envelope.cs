using System.Security.Cryptography;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>
/// AES-256-GCM: a format byte (1), a nonce of 96 random bits, the ciphertext, a tag of 128 bits. Random nonces repeat with a chance of
/// less than 2^-32 for as long as a key seals fewer than 2^32 times; a data key is replaced every year, long before. Pure but for chance.
/// </summary>
internal static class Envelope
{
    /// <summary>Of a key, in bytes.</summary>
    public const int KeySize = 32;

    private const byte Format = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Around = 1 + NonceSize + TagSize;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> boundTo, ReadOnlySpan<byte> secret)
    {
        var envelope = new byte[Around + secret.Length];
        envelope[0] = Format;
        var nonce = envelope.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(
            nonce,
            secret,
            envelope.AsSpan(1 + NonceSize, secret.Length),
            envelope.AsSpan()[^TagSize..],
            boundTo
        );
        return envelope;
    }

    /// <returns>Null when this is not what was sealed with that key for that place.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> boundTo, ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < Around || envelope[0] != Format)
        {
            return null;
        }

        var secret = new byte[envelope.Length - Around];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(
                envelope.Slice(1, NonceSize),
                envelope.Slice(1 + NonceSize, secret.Length),
                envelope[^TagSize..],
                secret,
                boundTo
            );
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
