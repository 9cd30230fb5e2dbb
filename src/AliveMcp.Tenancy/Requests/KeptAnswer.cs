using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AliveMcp.Tenancy.Requests;

/// <summary>An answer that is kept to be given again.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">Those that belong to it: content type, location, state.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record KeptAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>
    /// Sealed with what the caller alone holds, the key of the request and the token: an answer may tell a secret once (a new key), and the
    /// database must not tell it a second time to anybody else.
    /// </summary>
    public byte[] Seal(string secret)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(this, AnswerJson.Default.KeptAnswer);
        var packed = new byte[NonceLength + TagLength + plain.Length];
        var nonce = packed.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(KeyOf(secret), TagLength);
        cipher.Encrypt(nonce, plain, packed.AsSpan(NonceLength + TagLength), packed.AsSpan(NonceLength, TagLength));
        return packed;
    }

    /// <exception cref="CryptographicException">It was sealed with another secret, or changed.</exception>
    public static KeptAnswer Open(byte[] packed, string secret)
    {
        var plain = new byte[packed.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(KeyOf(secret), TagLength);
        cipher.Decrypt(
            packed.AsSpan(0, NonceLength),
            packed.AsSpan(NonceLength + TagLength),
            packed.AsSpan(NonceLength, TagLength),
            plain
        );
        return JsonSerializer.Deserialize(plain, AnswerJson.Default.KeptAnswer)!;
    }

    private static byte[] KeyOf(string secret) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(secret),
            outputLength: 32,
            info: "alivemcp kept answer"u8.ToArray()
        );
}
