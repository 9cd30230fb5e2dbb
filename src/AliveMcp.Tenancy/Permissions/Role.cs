namespace AliveMcp.Tenancy.Permissions;

/// <summary>What a member is in a tenant.</summary>
public enum Role
{
    /// <summary>Everything, the tenant itself included.</summary>
    Owner,

    /// <summary>Everything but what only an owner may.</summary>
    Admin,

    /// <summary>What is watched and how.</summary>
    Editor,

    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Plan and invoices; no servers.</summary>
    Billing,
}
