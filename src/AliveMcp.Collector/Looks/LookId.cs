using System.Security.Cryptography;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Looks;

/// <summary>Names one live look: its region and 128 random bits, for example <c>us-east.3f…</c>.</summary>
internal readonly record struct LookId(Region Region, string Secret)
{
    private const int Length = 32;

    public static LookId New(Region region) =>
        new(region, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    public static bool TryParse(string? text, out LookId id)
    {
        id = default;
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (
            dot < 0
            || text!.Length - dot - 1 != Length
            || !text[(dot + 1)..].All(char.IsAsciiHexDigitLower)
            || !Region.TryParse(text[..dot], out var region)
        )
        {
            return false;
        }

        id = new LookId(region, text[(dot + 1)..]);
        return true;
    }

    public override string ToString() => $"{Region}.{Secret}";
}
