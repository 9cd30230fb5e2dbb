using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Doors;

/// <summary>What a link says: whose it is, of which sink, and the secret part.</summary>
/// <param name="Tenant">In whose name it is looked for.</param>
/// <param name="Sink">0 for links that name none.</param>
/// <param name="Token">The permission.</param>
internal sealed record TenantLink(TenantId Tenant, int Sink, string Token)
{
    private const int Longest = 100;

    /// <param name="text"><c>tenant.token</c> or <c>tenant.sink.token</c>.</param>
    /// <param name="parts">2 or 3.</param>
    /// <returns>Null: it is no link of ours.</returns>
    public static TenantLink? Of(string text, int parts)
    {
        var words = text.Length <= Longest ? text.Split('.') : [];
        return
            words.Length == parts
            && TryNumber(words[0], out var tenant)
            && (parts == 2 || TryNumber(words[1], out _))
            && words[^1].Length > 0
            ? new TenantLink(
                new TenantId(tenant),
                parts == 2 ? 0 : int.Parse(words[1], CultureInfo.InvariantCulture),
                words[^1]
            )
            : null;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
