using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Operators;

/// <summary>Who stands behind an operator's good token.</summary>
/// <param name="Tenant">The only one whose things these are hands for; null: every one, named in each request.</param>
internal sealed record RecognisedOperator(OperatorId Operator, Layer Layer, TenantId? Tenant);
