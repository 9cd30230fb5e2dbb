using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tests.Permissions;

public sealed class CallerTests
{
    private static readonly TenantId Alices = new(76);
    private readonly TenantScope _scope = new();

    private Caller Caller => field ??= new Caller(_scope);

    [Fact]
    public void A_stranger_may_nothing()
    {
        Assert.All(PermissionTable.Rows, row => Assert.False(Caller.May(row.Permission)));
        Assert.Null(Caller.Name);
        Assert.Null(_scope.Tenant);
    }

    [Theory]
    [InlineData("read", Can.ReadServers, true)]
    [InlineData("read", Can.WriteServers, false)]
    [InlineData("write", Can.ReadServers, true)]
    [InlineData("write", Can.WriteServers, true)]
    [InlineData("write", Can.WriteKeys, false)]
    [InlineData("admin", Can.WriteKeys, true)]
    [InlineData("admin", Can.WriteBilling, false)]
    [InlineData("admin", Can.ReadTenants, false)]
    [InlineData("root", Can.ReadServers, false)]
    public void A_key_may_what_its_scope_has(string scope, string permission, bool may)
    {
        Caller.BecomeKey(Alices, new ApiKeyId(7), [scope]);

        Assert.Equal(may, Caller.May(permission));
        Assert.Equal("key:7", Caller.Name);
        Assert.Equal(Alices, _scope.Tenant);
    }

    [Theory]
    [InlineData(Role.Owner, Can.WriteMembers, true)]
    [InlineData(Role.Admin, Can.WriteBilling, false)]
    [InlineData(Role.Editor, Can.WriteServers, true)]
    [InlineData(Role.Editor, Can.EraseServers, false)]
    [InlineData(Role.Viewer, Can.ReadServers, true)]
    [InlineData(Role.Viewer, Can.WriteServers, false)]
    [InlineData(Role.Billing, Can.ReadServers, false)]
    [InlineData(Role.Billing, Can.WriteBilling, true)]
    [InlineData(Role.Owner, Can.ReadAllAudit, false)]
    public void A_person_may_what_the_role_has(Role role, string permission, bool may)
    {
        Caller.BecomePerson(default, Alices, role);

        Assert.Equal(may, Caller.May(permission));
    }

    [Fact]
    public void A_person_in_no_tenant_may_what_is_the_persons_own_and_nothing_else()
    {
        Caller.BecomePerson(default, tenant: null, role: null);

        Assert.Equal(
            [Can.ActForSelf],
            PermissionTable.Rows.Select(row => row.Permission).Where(permission => Caller.May(permission))
        );
    }

    [Fact]
    public void A_root_operator_names_the_tenant_before_touching_what_is_a_tenants()
    {
        Caller.BecomeOperator(new OperatorId(3), Layer.RootOperator, tenant: null);

        Assert.False(Caller.May(Can.ReadServers));
        Assert.True(Caller.May(Can.WriteTenants));
    }

    [Fact]
    public void A_tenant_operator_has_hands_and_no_keys()
    {
        Caller.BecomeOperator(new OperatorId(3), Layer.TenantOperator, Alices);

        Assert.True(Caller.May(Can.WriteServers));
        Assert.False(Caller.May(Can.WriteKeys));
        Assert.False(Caller.May(Can.WriteCredentials));
        Assert.False(Caller.May(Can.ReadTenants));
    }

    [Fact]
    public void Nobody_becomes_somebody_else()
    {
        Caller.BecomeKey(Alices, new ApiKeyId(7), ["read"]);

        Assert.Throws<InvalidOperationException>(() => Caller.BecomePerson(default, Alices, Role.Owner));
        Assert.Throws<InvalidOperationException>(() =>
            Caller.BecomeOperator(new OperatorId(1), Layer.RootOperator, Alices)
        );
        Assert.False(Caller.May(Can.WriteServers));
    }

    [Fact]
    public void No_operator_is_a_customer() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Caller.BecomeOperator(new OperatorId(1), Layer.Customer, Alices)
        );

    [Fact]
    public void A_word_that_is_no_permission_is_a_mistake_of_ours() =>
        Assert.Throws<KeyNotFoundException>(() => Caller.May("servers.admire"));
}
