using AliveMcp.Tenancy.Permissions;

namespace AliveMcp.Dashboard.Looks;

/// <summary>What the roles are called, and what each may do, for people.</summary>
public static class RoleWords
{
    /// <summary>For example <c>Owner</c>.</summary>
    public static string Label(Role role) => role.ToString();

    /// <summary>One line.</summary>
    public static string Means(Role role) =>
        role switch
        {
            Role.Owner => "everything, owners included",
            Role.Admin => "members, keys, servers",
            Role.Editor => "servers and what is watched",
            Role.Billing => "plan and invoices",
            _ => "reads, changes nothing",
        };
}
