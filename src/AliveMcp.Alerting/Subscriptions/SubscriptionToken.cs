using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>What a link of a letter is made of: 256 bits by chance, kept as a hash. It names neither tenant nor server.</summary>
internal static class SubscriptionToken
{
    private const int Letters = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    /// <returns>Null: it cannot be one of ours.</returns>
    public static byte[]? TryHash(string? text) =>
        text is { Length: Letters } && Base64Url.IsValid(text) ? HashOf(text) : null;
}
