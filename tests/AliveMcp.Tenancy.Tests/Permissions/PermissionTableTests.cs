using System.Reflection;
using AliveMcp.Tenancy.Permissions;

namespace AliveMcp.Tenancy.Tests.Permissions;

public sealed class PermissionTableTests
{
    private static readonly string[] Acts = ["write", "erase"];

    [Fact]
    public void Every_permission_has_one_row_and_every_row_a_permission()
    {
        var names = typeof(Can)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(names.Order(), PermissionTable.Rows.Select(row => row.Permission).Order());
    }

    [Fact]
    public void A_stranger_has_nothing() =>
        Assert.DoesNotContain(PermissionTable.Rows, row => row.Layers.Contains(Layer.Stranger));

    [Fact]
    public void An_auditor_changes_nothing() =>
        Assert.DoesNotContain(
            PermissionTable.Rows,
            row => row.Layers.Contains(Layer.Auditor) && !row.Permission.EndsWith(".read", StringComparison.Ordinal)
        );

    [Fact]
    public void A_viewer_changes_nothing_but_what_is_the_persons_own() =>
        Assert.DoesNotContain(
            PermissionTable.Rows,
            row =>
                row.Roles.Contains(Role.Viewer)
                && Acts.Any(act => row.Permission.EndsWith(act, StringComparison.Ordinal))
        );

    [Fact]
    public void An_owner_has_all_that_customers_have() =>
        Assert.All(
            PermissionTable.Rows.Where(row => row.Layers.Contains(Layer.Customer)),
            row => Assert.Contains(Role.Owner, row.Roles)
        );

    [Fact]
    public void Only_customers_touch_secrets_keys_members_and_exports() =>
        Assert.All(
            [Can.WriteCredentials, Can.WriteKeys, Can.WriteMembers, Can.WriteTenant, Can.EraseServers, Can.ReadExport],
            permission => Assert.Equal([Layer.Customer], PermissionTable.Of(permission).Layers)
        );

    [Fact]
    public void A_tenant_operator_has_nothing_that_a_root_operator_has_not() =>
        Assert.All(
            PermissionTable.Rows.Where(row => row.Layers.Contains(Layer.TenantOperator)),
            row => Assert.Contains(Layer.RootOperator, row.Layers)
        );

    [Fact]
    public void What_is_for_operators_has_no_customer_in_any_column() =>
        Assert.All(
            PermissionTable.Rows.Where(row => row.Permission.StartsWith("operator.", StringComparison.Ordinal)),
            row =>
            {
                Assert.DoesNotContain(Layer.Customer, row.Layers);
                Assert.Empty(row.Roles);
                Assert.Null(row.Scope);
            }
        );
}
