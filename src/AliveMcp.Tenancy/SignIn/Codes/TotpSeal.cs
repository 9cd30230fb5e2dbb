using System.Buffers.Binary;
using System.Security.Cryptography;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.SignIn.Codes;

/// <summary>
/// Seals the secrets of second factors (AES-256-GCM), each to its person: a sealed secret that is put into another one's row does not open.
/// All web processes share the key, which stands apart from what it seals; a copy of the table alone opens nothing.
/// </summary>
internal sealed class TotpSeal(PostgresDoors doors)
{
    private const int KeyBytes = 32;
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    /// <summary>The same for ever once it is made, so that it need not be asked for twice.</summary>
    private byte[]? _key;

    public async Task<byte[]> CloseAsync(PersonId person, byte[] secret, CancellationToken cancellationToken)
    {
        using var cipher = new AesGcm(await KeyAsync(cancellationToken), TagBytes);
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
        using var cipher = new AesGcm(await KeyAsync(cancellationToken), TagBytes);
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

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is null)
        {
            await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
            _key = await connection.ExecuteScalarAsync<byte[]>(
                new CommandDefinition(
                    "SELECT tenancy.seal_key(@offered)",
                    new { offered = RandomNumberGenerator.GetBytes(KeyBytes) },
                    cancellationToken: cancellationToken
                )
            );
        }

        return _key!;
    }
}
