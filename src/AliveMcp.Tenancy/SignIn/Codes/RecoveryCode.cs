using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Tenancy.SignIn.Codes;

/// <summary>A code on paper for whoever lost the phone: 80 bits, good once, kept as its SHA-256.</summary>
internal static class RecoveryCode
{
    /// <summary>How many are given out at a time.</summary>
    public const int Count = 10;

    private const int Letters = 16;
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    public static string New() =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, Letters).Chunk(4).Select(part => new string(part)));

    /// <summary>The hash of what may be one, however its groups are parted; null when it cannot be one.</summary>
    public static byte[]? TryHash(string text)
    {
        var letters = new string([.. text.ToLowerInvariant().Where(letter => letter is not ('-' or ' '))]);
        return letters.Length == Letters ? SHA256.HashData(Encoding.UTF8.GetBytes(letters)) : null;
    }
}
