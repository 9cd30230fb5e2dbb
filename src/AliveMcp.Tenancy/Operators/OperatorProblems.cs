using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Operators;

/// <summary>The ways in which this slice says no.</summary>
internal static class OperatorProblems
{
    private const int LongestName = 120;

    public static Problem? Check(string name, Layer layer, TenantId? tenant, TimeSpan life)
    {
        if (name.Trim().Length is 0 or > LongestName || name.EnumerateRunes().Any(SafeText.IsUnsafe))
        {
            return new Problem(
                "name_invalid",
                $"'{SafeText.Of(name, 80)}' is no name: 1 to {LongestName} characters that can be seen.",
                "name"
            );
        }

        if (life <= TimeSpan.Zero || life > OperatorDesk.LongestLife)
        {
            return new Problem(
                "life_invalid",
                $"A token lives for up to {OperatorDesk.LongestLife.Days} days.",
                "life"
            );
        }

        return layer switch
        {
            Layer.TenantOperator when tenant is null => new Problem(
                "tenant_missing",
                "A tenant operator is one for a tenant: name it with --tenant.",
                "tenant"
            ),
            Layer.RootOperator when tenant is not null => new Problem(
                "tenant_invalid",
                "A root operator is one for the whole install: leave --tenant out, or make a tenant_operator.",
                "tenant"
            ),
            Layer.Stranger or Layer.Customer => new Problem(
                "layer_invalid",
                "Write tenant_operator, root_operator or auditor.",
                "layer"
            ),
            _ => null,
        };
    }
}
