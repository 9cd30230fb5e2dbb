namespace AliveMcp.Tenancy.Permissions;

/// <summary>Who has one permission.</summary>
/// <param name="Permission">A constant of <see cref="Can"/>.</param>
/// <param name="Layers">From where it may be used at all.</param>
/// <param name="Roles">Which members of a tenant have it.</param>
/// <param name="Scope">The least scope of a key that has it; null: no key has.</param>
public sealed record PermissionRow(
    string Permission,
    IReadOnlyList<Layer> Layers,
    IReadOnlyList<Role> Roles,
    string? Scope
)
{
    /// <summary>Whether it is about one tenant, so that nobody has it who acts for none.</summary>
    public bool IsOfTenant { get; init; } = true;
}
