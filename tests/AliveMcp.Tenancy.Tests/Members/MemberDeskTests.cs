using AliveMcp.Tenancy.Members;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Tests.SignIn;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.Members;

public sealed class MemberDeskTests(Install install) : IClassFixture<Install>
{
    private readonly Everybody _people = new(install);

    [Fact]
    public async Task Members_are_listed_owners_first_with_what_people_call_them()
    {
        var (tenant, owner, admin) = await TenantAsync(Role.Admin);

        var members = await AsAsync(owner, tenant, Role.Owner, desk => desk.ListAsync(CancellationToken.None));

        Assert.Equal([owner, admin], members.Select(member => member.Person));
        Assert.Equal([Role.Owner, Role.Admin], members.Select(member => member.Role));
        Assert.Equal("admin", members[1].Name);
        Assert.StartsWith("admin-", members[1].Email, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_touches_no_owner_and_makes_none()
    {
        var (tenant, owner, admin) = await TenantAsync(Role.Admin);

        Assert.Equal("owner_forbidden", await ChangeAsync(admin, tenant, owner, Role.Viewer));
        Assert.Equal("owner_forbidden", await ChangeAsync(admin, tenant, admin, Role.Owner));
        Assert.Equal("owner_forbidden", await RemoveAsync(admin, tenant, owner));
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        var (tenant, owner, _) = await TenantAsync(Role.Admin);

        Assert.Equal("last_owner", await ChangeAsync(owner, tenant, owner, Role.Admin));
        Assert.Equal("last_owner", await RemoveAsync(owner, tenant, owner));
        Assert.Equal("last_owner", await LeaveAsync(owner, tenant));
    }

    [Fact]
    public async Task Two_owners_who_put_each_other_out_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var (tenant, first, second) = await TenantAsync(Role.Owner);

            var answers = await Task.WhenAll(RemoveAsync(first, tenant, second), RemoveAsync(second, tenant, first));

            Assert.Single(answers, answer => answer is null);
            Assert.Equal(1, await OwnersAsync(tenant));
        }
    }

    [Fact]
    public async Task Two_owners_who_leave_at_once_leave_one()
    {
        var (tenant, first, second) = await TenantAsync(Role.Owner);

        var answers = await Task.WhenAll(LeaveAsync(first, tenant), LeaveAsync(second, tenant));

        Assert.Equal(["last_owner"], answers.OfType<string>());
        Assert.Equal(1, await OwnersAsync(tenant));
    }

    [Fact]
    public async Task The_database_itself_keeps_an_owner_from_two_transactions_that_run_at_the_same_time()
    {
        var (tenant, first, second) = await TenantAsync(Role.Owner);
        await using var one = await install.Storage.Doors.OpenAsync(tenant, CancellationToken.None);
        await using var other = await install.Storage.Doors.OpenAsync(tenant, CancellationToken.None);
        const string demote = "UPDATE tenancy.membership SET role = 'viewer' WHERE person_id = @person";

        await one.Connection.ExecuteAsync(demote, new { person = first.Value });
        var waiting = other.Connection.ExecuteAsync(demote, new { person = second.Value });
        await one.CommitAsync(CancellationToken.None);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => waiting);
        Assert.Equal("last_owner", refused.ConstraintName);
        await other.DisposeAsync();
        Assert.Equal(1, await OwnersAsync(tenant));
    }

    [Fact]
    public async Task Somebody_who_was_demoted_a_moment_ago_changes_nothing_more()
    {
        var (tenant, owner, also) = await TenantAsync(Role.Owner);
        Assert.Null(await ChangeAsync(owner, tenant, also, Role.Viewer));

        Assert.Equal("owner_forbidden", await ChangeAsync(also, tenant, owner, Role.Viewer, asWhat: Role.Owner));
    }

    [Fact]
    public async Task Another_tenant_s_member_is_not_there()
    {
        var (tenant, owner, _) = await TenantAsync(Role.Admin);
        var (_, _, elsewhere) = await TenantAsync(Role.Viewer);

        Assert.Equal("member_not_found", await ChangeAsync(owner, tenant, elsewhere, Role.Admin));
        Assert.Equal("member_not_found", await RemoveAsync(owner, tenant, elsewhere));
    }

    [Fact]
    public async Task Each_change_has_its_row_in_the_audit_trail_and_a_refused_one_has_none()
    {
        var (tenant, owner, admin) = await TenantAsync(Role.Admin);
        var before = await RowsAsync(tenant);
        await ChangeAsync(owner, tenant, admin, Role.Viewer);
        await RemoveAsync(owner, tenant, owner);
        await RemoveAsync(owner, tenant, admin);

        var told = await _people.QueryAsync<string>(
            "SELECT string_agg(action, ' ' ORDER BY seq) FROM storage.audit WHERE tenant_id = @tenant AND action LIKE 'member.%'",
            new { tenant = tenant.Value }
        );

        Assert.Equal("member.role_changed member.removed", told);
        Assert.Equal(before + 2, await RowsAsync(tenant));
    }

    private async Task<(TenantId Tenant, PersonId Owner, PersonId Other)> TenantAsync(Role role)
    {
        var (tenant, owner) = await _people.TenantAsync();
        var (other, _) = await _people.PersonAsync(PermissionWords.Word(role));
        await _people.JoinAsync(tenant.Tenant, other, PermissionWords.Word(role));
        return (tenant.Tenant, owner, other);
    }

    private Task<string?> ChangeAsync(
        PersonId acting,
        TenantId tenant,
        PersonId person,
        Role role,
        Role asWhat = Role.Admin
    ) =>
        AsAsync(
            acting,
            tenant,
            asWhat,
            async desk => (await desk.ChangeRoleAsync(person, role, CancellationToken.None))?.Code
        );

    private Task<string?> RemoveAsync(PersonId acting, TenantId tenant, PersonId person) =>
        AsAsync(
            acting,
            tenant,
            Role.Admin,
            async desk => (await desk.RemoveAsync(person, CancellationToken.None))?.Code
        );

    private Task<string?> LeaveAsync(PersonId acting, TenantId tenant) =>
        AsAsync(acting, tenant, Role.Owner, async desk => (await desk.LeaveAsync(CancellationToken.None))?.Code);

    private Task<T> AsAsync<T>(PersonId person, TenantId tenant, Role role, Func<MemberDesk, Task<T>> act) =>
        _people.AsAsync(person, tenant, role, services => act(services.GetRequiredService<MemberDesk>()));

    private Task<long> OwnersAsync(TenantId tenant) =>
        _people.QueryAsync<long>(
            "SELECT count(*) FROM tenancy.membership WHERE tenant_id = @tenant AND role = 'owner'",
            new { tenant = tenant.Value }
        );

    private Task<long> RowsAsync(TenantId tenant) =>
        _people.QueryAsync<long>(
            "SELECT count(*) FROM storage.audit WHERE tenant_id = @tenant",
            new { tenant = tenant.Value }
        );
}
