namespace AliveMcp.Tenancy.Permissions;

/// <summary>From where somebody acts. Each layer is another threat, so each has a column of its own in <see cref="PermissionTable"/>.</summary>
public enum Layer
{
    /// <summary>Nobody was recognised.</summary>
    Stranger,

    /// <summary>A member of a tenant, or one of its keys: self-serve, by an explicit list of permissions.</summary>
    Customer,

    /// <summary>One of ours, for one tenant and no other.</summary>
    TenantOperator,

    /// <summary>One of ours, for the whole install.</summary>
    RootOperator,

    /// <summary>Reads what is asked for in an audit and changes nothing.</summary>
    Auditor,
}
