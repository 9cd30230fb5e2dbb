using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>Who stands behind a good token.</summary>
internal sealed record RecognisedKey(int ApiKeyId, TenantId Tenant, IReadOnlyList<string> Scopes);
