using AliveMcp.Tenancy.ApiKeys;
using static AliveMcp.Tenancy.Permissions.Layer;
using static AliveMcp.Tenancy.Permissions.Role;

namespace AliveMcp.Tenancy.Permissions;

/// <summary>
/// The one table of who may do what. A customer's rows are the allow-list of self-serve: what does not name <see cref="Customer"/>
/// is for operators alone. Operators never hold secrets, keys, members or exports of a tenant.
/// </summary>
public static class PermissionTable
{
    private static readonly Layer[] Self = [Customer];
    private static readonly Layer[] Hands = [Customer, TenantOperator, RootOperator];
    private static readonly Layer[] Eyes = [Customer, TenantOperator, RootOperator, Auditor];
    private static readonly Role[] Everybody = [Owner, Admin, Editor, Viewer, Billing];
    private static readonly Role[] Readers = [Owner, Admin, Editor, Viewer];
    private static readonly Role[] Writers = [Owner, Admin, Editor];
    private static readonly Role[] Heads = [Owner, Admin];

    /// <summary>A row for every permission there is.</summary>
    public static IReadOnlyList<PermissionRow> Rows { get; } =
    [
        new(Can.ReadServers, Eyes, Readers, ApiKeyScopes.Read),
        new(Can.WriteServers, Hands, Writers, ApiKeyScopes.Write),
        new(Can.EraseServers, Self, Heads, ApiKeyScopes.Write),
        new(Can.WriteCredentials, Self, Writers, ApiKeyScopes.Write),
        new(Can.ReadAlerts, Eyes, Readers, ApiKeyScopes.Read),
        new(Can.HandleIncidents, Hands, Writers, ApiKeyScopes.Write),
        new(Can.WriteAlerts, Self, Writers, ApiKeyScopes.Write),
        new(Can.ReadTenant, Eyes, Everybody, ApiKeyScopes.Read),
        new(Can.WriteTenant, Self, Heads, ApiKeyScopes.Admin),
        new(Can.ReadMembers, Eyes, Readers, ApiKeyScopes.Admin),
        new(Can.WriteMembers, Self, Heads, ApiKeyScopes.Admin),
        new(Can.ReadKeys, Eyes, Heads, ApiKeyScopes.Admin),
        new(Can.WriteKeys, Self, Heads, ApiKeyScopes.Admin),
        new(Can.ReadAudit, Eyes, Heads, ApiKeyScopes.Admin),
        new(Can.ReadExport, Self, Writers, ApiKeyScopes.Read),
        new(Can.ReadBilling, [Customer, RootOperator, Auditor], [Owner, Admin, Billing], ApiKeyScopes.Admin),
        new(Can.WriteBilling, Self, [Owner, Billing], Scope: null),
        new(Can.ActForSelf, Self, Everybody, Scope: null) { IsOfTenant = false },
        new(Can.ReadTenants, [RootOperator, Auditor], [], Scope: null) { IsOfTenant = false },
        new(Can.WriteTenants, [RootOperator], [], Scope: null) { IsOfTenant = false },
        new(Can.ReadAlarms, [RootOperator, Auditor], [], Scope: null) { IsOfTenant = false },
        new(Can.ReadAllAudit, [RootOperator, Auditor], [], Scope: null) { IsOfTenant = false },
    ];

    /// <exception cref="KeyNotFoundException">There is no such permission.</exception>
    public static PermissionRow Of(string permission) =>
        Rows.FirstOrDefault(row => row.Permission == permission)
        ?? throw new KeyNotFoundException($"There is no permission '{permission}'.");
}
