namespace AliveMcp.Vocabulary;

/// <summary>A server together with its owner: the key of everything that is stored or queued, so that no key forgets its tenant.</summary>
public readonly record struct ServerKey(TenantId Tenant, ServerId Server)
{
    public override string ToString() => $"{Tenant}/{Server}";
}
