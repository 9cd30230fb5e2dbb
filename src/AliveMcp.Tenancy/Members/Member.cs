using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Members;

/// <summary>Somebody in a tenant.</summary>
/// <param name="Person">Who.</param>
/// <param name="Name">What she calls herself, made safe to show; empty: nothing.</param>
/// <param name="Email">Her first address; empty: none.</param>
/// <param name="Role">As what.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="IsByGroup">An identity provider's group gives and takes this membership.</param>
public sealed record Member(
    PersonId Person,
    string Name,
    string Email,
    Role Role,
    DateTimeOffset JoinedAt,
    bool IsByGroup
);
