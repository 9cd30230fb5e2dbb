using System.Security.Cryptography;
using System.Text;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Sinks.Proofs;

/// <summary>What a person reads in one place and types in another, or publishes: 40 bits, no letters that look alike, tried five times at most.</summary>
internal static class ProofCode
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Half = 4;

    /// <summary>For example <c>K7QD-3MXP</c>.</summary>
    public static string New()
    {
        var letters = RandomNumberGenerator.GetString(Letters, 2 * Half);
        return $"{letters[..Half]}-{letters[Half..]}";
    }

    /// <summary>For what anybody may read and try as often as he likes: 130 bits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetString(Letters, 26);

    /// <summary>Bound to the sink: the code of one is no code of another.</summary>
    public static byte[] HashOf(TenantId tenant, int sink, string code)
    {
        var plain = code.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}|{sink}|{plain}"));
    }
}
