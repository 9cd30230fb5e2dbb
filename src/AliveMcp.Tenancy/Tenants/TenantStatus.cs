namespace AliveMcp.Tenancy.Tenants;

/// <summary>How a tenant stands with us.</summary>
public enum TenantStatus
{
    Active,

    /// <summary>A payment is missing. After a week's grace the limits of the plan <c>public</c> hold; nothing is deleted.</summary>
    PastDue,

    /// <summary>It reads and exports its own, nothing else; its servers are not looked at.</summary>
    Suspended,
}
