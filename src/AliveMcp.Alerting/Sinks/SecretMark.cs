using System.Security.Cryptography;

namespace AliveMcp.Alerting.Sinks;

/// <summary>Tells whether a secret is the one that a sink has, without keeping it: a salt and a slow hash, which whoever reads the table cannot guess from.</summary>
internal static class SecretMark
{
    private const int Salt = 16;
    private const int Hash = 32;

    /// <summary>Some 20 ms: nobody applies thousands of sinks.</summary>
    private const int Rounds = 100_000;

    public static byte[] Of(ReadOnlySpan<byte> secret)
    {
        var salt = RandomNumberGenerator.GetBytes(Salt);
        return [.. salt, .. Hashed(secret, salt)];
    }

    /// <summary>Whether the mark is of this secret; a sink without a mark is not asked.</summary>
    public static bool Fits(byte[] mark, ReadOnlySpan<byte> secret) =>
        CryptographicOperations.FixedTimeEquals(Hashed(secret, mark.AsSpan(0, Salt)), mark.AsSpan(Salt));

    private static byte[] Hashed(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, Rounds, HashAlgorithmName.SHA256, Hash);
}
