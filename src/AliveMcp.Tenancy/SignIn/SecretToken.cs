using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>Secrets that are handed out once and kept as their SHA-256: 256 bits by chance, in letters that a URL and a cookie carry as they are.</summary>
internal static class SecretToken
{
    private const int Bytes = 32;
    private const int Letters = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The hash of what may be a token; null when it cannot be one.</summary>
    public static byte[]? TryHash(string? text) =>
        text is { Length: Letters } && Base64Url.IsValid(text) ? Hash(text) : null;
}
