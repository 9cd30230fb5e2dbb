namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>What a group gives: a role in a tenant, written <c>slug:role</c>.</summary>
internal sealed record GroupGrant(string TenantSlug, string Role)
{
    private static readonly string[] Roles = ["owner", "admin", "editor", "viewer", "billing"];

    /// <summary>One or several with blanks between; null when one of them is none.</summary>
    public static IReadOnlyList<GroupGrant>? Read(string? text)
    {
        var grants = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadOne).ToList();
        return grants.Count == 0 || grants.Contains(null) ? null : [.. grants.OfType<GroupGrant>()];
    }

    private static GroupGrant? ReadOne(string text) =>
        text.Split(':') is [{ Length: > 0 } slug, var role] && Roles.Contains(role, StringComparer.Ordinal)
            ? new GroupGrant(slug, role)
            : null;
}
