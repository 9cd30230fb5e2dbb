using System.Buffers.Binary;
using System.Security.Cryptography;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.SignIn.Codes;

/// <summary>
/// Seals the secrets of second factors (AES-256-GCM), each to its person: a sealed secret that is put into another one's row does not open.
/// All web processes share the key (<see cref="SealKey"/>), which is wrapped by the install's key file: a copy of the database opens nothing.
/// </summary>
internal sealed class TotpSeal(SealKey key)
{
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    public async Task<byte[]> CloseAsync(PersonId person, byte[] secret, CancellationToken cancellationToken)
    {
        using var cipher = new AesGcm(await key.OpenAsync(cancellationToken), TagBytes);
        var box = new byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        cipher.Encrypt(
            box.AsSpan(0, NonceBytes),
            secret,
            box.AsSpan(NonceBytes + TagBytes),
            box.AsSpan(NonceBytes, TagBytes),
            BoundTo(person)
        );
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed to somebody else, or is broken.</exception>
    public async Task<byte[]> OpenAsync(PersonId person, byte[] box, CancellationToken cancellationToken)
    {
        using var cipher = new AesGcm(await key.OpenAsync(cancellationToken), TagBytes);
        var secret = new byte[box.Length - NonceBytes - TagBytes];
        cipher.Decrypt(
            box.AsSpan(0, NonceBytes),
            box.AsSpan(NonceBytes + TagBytes),
            box.AsSpan(NonceBytes, TagBytes),
            secret,
            BoundTo(person)
        );
        return secret;
    }

    private static byte[] BoundTo(PersonId person)
    {
        var bound = new byte["totp"u8.Length + sizeof(int)];
        "totp"u8.CopyTo(bound);
        BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan("totp"u8.Length), person.Value);
        return bound;
    }
}
