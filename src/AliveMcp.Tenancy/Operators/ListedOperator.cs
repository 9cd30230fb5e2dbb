using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Operators;

/// <summary>An operator or auditor as a list shows it.</summary>
/// <param name="Operator">The number.</param>
/// <param name="Name">Who that is, in the words of whoever added it.</param>
/// <param name="Layer">As what.</param>
/// <param name="Tenant">For which tenant alone; null: for all.</param>
/// <param name="ExpiresAt">When the token ends.</param>
/// <param name="LastUsedAt">To the minute; null: never.</param>
/// <param name="RevokedAt">Null: not revoked.</param>
public sealed record ListedOperator(
    OperatorId Operator,
    string Name,
    Layer Layer,
    TenantId? Tenant,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt
);
