using AliveMcp.Vocabulary;

namespace AliveMcp.Storage.Postgres;

/// <summary>In whose name the current request or job acts. Set once at the door; unset reads nothing.</summary>
public sealed class TenantScope
{
    /// <summary>Null until somebody was recognised.</summary>
    public TenantId? Tenant { get; private set; }

    /// <exception cref="InvalidOperationException">The scope acts for another tenant already.</exception>
    public void Act(TenantId tenant)
    {
        if (Tenant is { } already && already != tenant)
        {
            throw new InvalidOperationException($"This scope acts for tenant {already} already.");
        }

        Tenant = tenant;
    }
}
