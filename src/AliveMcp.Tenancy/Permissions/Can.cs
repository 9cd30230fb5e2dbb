namespace AliveMcp.Tenancy.Permissions;

/// <summary>
/// The permissions, one for each kind of act. Each is also the name of a policy: use with <c>RequireAuthorization</c>. Who has which stands
/// in <see cref="PermissionTable"/>.
/// </summary>
public static class Can
{
    /// <summary>Read the servers of the own tenant, private ones included.</summary>
    public const string ReadServers = "servers.read";

    /// <summary>Create, change, pause and resume servers of the own tenant, and plan their maintenance.</summary>
    public const string WriteServers = "servers.write";

    /// <summary>Erase servers of the own tenant, history and all.</summary>
    public const string EraseServers = "servers.erase";

    /// <summary>Store, replace and remove the secrets that probes sign in with. Nobody may read them.</summary>
    public const string WriteCredentials = "credentials.write";

    /// <summary>Read incidents, rules, sinks and what was delivered; never a sink's secret.</summary>
    public const string ReadAlerts = "alerts.read";

    /// <summary>Acknowledge, open, exclude and write about incidents.</summary>
    public const string HandleIncidents = "incidents.handle";

    /// <summary>Set up where alerts go and which go there.</summary>
    public const string WriteAlerts = "alerts.write";

    /// <summary>Read what the tenant is: its name, plan and limits.</summary>
    public const string ReadTenant = "tenant.read";

    /// <summary>Change what the tenant is.</summary>
    public const string WriteTenant = "tenant.write";

    /// <summary>Read who is in the tenant, and as what.</summary>
    public const string ReadMembers = "members.read";

    /// <summary>Invite, change and remove members.</summary>
    public const string WriteMembers = "members.write";

    /// <summary>Read which keys there are, never their tokens.</summary>
    public const string ReadKeys = "keys.read";

    /// <summary>Issue and revoke keys.</summary>
    public const string WriteKeys = "keys.write";

    /// <summary>Read, export and verify the tenant's audit trail.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Take along everything that is kept of the tenant.</summary>
    public const string ReadExport = "export.read";

    /// <summary>Read plan, usage and invoices.</summary>
    public const string ReadBilling = "billing.read";

    /// <summary>Change plan and payment.</summary>
    public const string WriteBilling = "billing.write";

    /// <summary>Read and end the own sessions, change the own sign-in: of whoever is signed in as a person.</summary>
    public const string ActForSelf = "account.self";

    /// <summary>Read which tenants there are and how they stand.</summary>
    public const string ReadTenants = "operator.tenants.read";

    /// <summary>Suspend tenants, lift that, and override their plans.</summary>
    public const string WriteTenants = "operator.tenants.write";

    /// <summary>Read how alerts fare: alarms, clusters, what waits and what was given up.</summary>
    public const string ReadAlarms = "operator.alerts.read";

    /// <summary>Read the audit trails of all tenants.</summary>
    public const string ReadAllAudit = "operator.audit.read";
}
