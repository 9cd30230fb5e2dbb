using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Members;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tests.SignIn;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.Members;

/// <summary>Without a mail server, so that the link is the inviter's to hand over. The plan has room for three.</summary>
public sealed class InvitationTests(Install install) : IClassFixture<Install>
{
    private static readonly Uri Origin = new("https://alive.example.com");

    private readonly Everybody _people = new(install);

    private InvitationDoor Door => install.Services.GetRequiredService<InvitationDoor>();

    [Fact]
    public async Task Somebody_new_makes_an_account_and_joins()
    {
        var (tenant, owner) = await _people.TenantAsync();
        var email = Everybody.Address("new");
        var token = await InviteAsync(owner, tenant.Tenant, email, Role.Editor);

        var open = await Door.LookAsync(token, Everybody.Somewhere(), CancellationToken.None);
        Assert.Equal((email, Role.Editor, false), (open!.Email, open.Role, open.IsKnown));
        var person = await Door.EnterAsync(token, Everybody.Somewhere(), CancellationToken.None);
        Assert.Null(await AcceptAsync(person!.Value, token));

        Assert.Equal("editor", await RoleAsync(tenant.Tenant, person.Value));
        Assert.Equal("invitation_not_found", await AcceptAsync(person.Value, token));
        Assert.Null(await Door.LookAsync(token, Everybody.Somewhere(), CancellationToken.None));
    }

    [Fact]
    public async Task A_letter_is_no_key_to_an_account_that_exists()
    {
        var (tenant, owner) = await _people.TenantAsync();
        var (_, email) = await _people.PersonAsync();
        var token = await InviteAsync(owner, tenant.Tenant, email, Role.Viewer);

        Assert.Null(await Door.EnterAsync(token, Everybody.Somewhere(), CancellationToken.None));
    }

    [Fact]
    public async Task An_invitation_is_for_its_address_alone()
    {
        var (tenant, owner) = await _people.TenantAsync();
        var (mallory, _) = await _people.PersonAsync("mallory");
        var token = await InviteAsync(owner, tenant.Tenant, Everybody.Address("bob"), Role.Viewer);

        Assert.Equal("invitation_not_found", await AcceptAsync(mallory, token));
        Assert.Null(await RoleAsync(tenant.Tenant, mallory));
    }

    [Fact]
    public async Task An_invitation_is_dead_after_a_week_when_taken_back_and_when_sent_anew()
    {
        var (tenant, owner) = await _people.TenantAsync();
        var email = Everybody.Address("late");
        var first = await InviteAsync(owner, tenant.Tenant, email, Role.Viewer);
        var second = await InviteAsync(owner, tenant.Tenant, email, Role.Viewer);
        Assert.Null(await Door.LookAsync(first, Everybody.Somewhere(), CancellationToken.None));
        Assert.NotNull(await Door.LookAsync(second, Everybody.Somewhere(), CancellationToken.None));

        var listed = await DeskAsync(owner, tenant.Tenant, desk => desk.ListAsync(CancellationToken.None));
        var (other, otherOwner) = await _people.TenantAsync();
        var number = listed.Single().InvitationId;
        Assert.Equal(
            "invitation_not_found",
            (await DeskAsync(otherOwner, other.Tenant, desk => desk.RevokeAsync(number, CancellationToken.None)))?.Code
        );
        Assert.Null(await DeskAsync(owner, tenant.Tenant, desk => desk.RevokeAsync(number, CancellationToken.None)));
        Assert.Null(await Door.LookAsync(second, Everybody.Somewhere(), CancellationToken.None));

        var third = await InviteAsync(owner, tenant.Tenant, email, Role.Viewer);
        install.Clock.Advance(InvitationDesk.GoodFor);
        Assert.Null(await Door.LookAsync(third, Everybody.Somewhere(), CancellationToken.None));
        Assert.Empty(await DeskAsync(owner, tenant.Tenant, desk => desk.ListAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task An_admin_invites_no_owner_and_nobody_invites_a_member()
    {
        var (tenant, owner) = await _people.TenantAsync();
        var (admin, email) = await _people.PersonAsync("admin");
        await _people.JoinAsync(tenant.Tenant, admin, "admin");

        Assert.Equal("owner_forbidden", await TryInviteAsync(admin, tenant.Tenant, Everybody.Address("x"), Role.Owner));
        Assert.Equal("member_taken", await TryInviteAsync(owner, tenant.Tenant, email, Role.Viewer));
        Assert.Equal("email_invalid", await TryInviteAsync(owner, tenant.Tenant, "x@y\r\nBcc: z", Role.Viewer));
    }

    [Fact]
    public async Task The_plan_s_room_counts_open_invitations_and_holds_for_two_who_come_at_once()
    {
        var (tenant, owner) = await _people.TenantAsync();
        var (first, firstEmail) = await _people.PersonAsync();
        var (second, secondEmail) = await _people.PersonAsync();
        var one = await InviteAsync(owner, tenant.Tenant, firstEmail, Role.Viewer);
        var other = await InviteAsync(owner, tenant.Tenant, secondEmail, Role.Viewer);
        Assert.Equal("members_limit", await TryInviteAsync(owner, tenant.Tenant, Everybody.Address("x"), Role.Viewer));
        var (third, _) = await _people.PersonAsync();
        await _people.JoinAsync(tenant.Tenant, third, "viewer");

        var answers = await Task.WhenAll(AcceptAsync(first, one), AcceptAsync(second, other));

        Assert.Equal([null, "members_limit"], answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_proves_an_address_gets_its_account_alone_though_somebody_else_had_made_it()
    {
        var (tenant, mallory) = await _people.TenantAsync();
        var victim = Everybody.Address("victim");
        var token = await InviteAsync(mallory, tenant.Tenant, victim, Role.Viewer);
        var made = await Door.EnterAsync(token, Everybody.Somewhere(), CancellationToken.None);
        var sessions = install.Services.GetRequiredService<SessionDesk>();
        var waiting = await sessions.BeginAsync(
            made!.Value,
            "invitation",
            Everybody.Somewhere(),
            CancellationToken.None
        );

        var proven = await _people.QueryAsync<int>(
            "SELECT tenancy.enter_by_identity('https://login.example.com', @victim, @victim, '', @at, false)",
            new { victim, at = install.Clock.GetUtcNow() }
        );

        Assert.Equal(made.Value.Value, proven);
        Assert.Null(await sessions.RecogniseAsync(waiting.Token, CancellationToken.None));
    }

    private Task<T> DeskAsync<T>(PersonId person, TenantId tenant, Func<InvitationDesk, Task<T>> act) =>
        _people.AsAsync(person, tenant, Role.Owner, services => act(services.GetRequiredService<InvitationDesk>()));

    private async Task<string> InviteAsync(PersonId by, TenantId tenant, string email, Role role)
    {
        var issued = await DeskAsync(by, tenant, desk => desk.InviteAsync(email, role, Origin, CancellationToken.None));
        return issued.TryGet(out var invitation)
            ? invitation.Link!.Query["?token=".Length..]
            : throw new InvalidOperationException(issued.Problems[0].Code);
    }

    private async Task<string?> TryInviteAsync(PersonId by, TenantId tenant, string email, Role role)
    {
        var issued = await DeskAsync(by, tenant, desk => desk.InviteAsync(email, role, Origin, CancellationToken.None));
        return issued.Problems.Count == 0 ? null : issued.Problems[0].Code;
    }

    private async Task<string?> AcceptAsync(PersonId person, string token)
    {
        var accepted = await Door.AcceptAsync(
            person,
            token,
            (Everybody.Somewhere(), Actor.System),
            CancellationToken.None
        );
        return accepted.Problems.Count == 0 ? null : accepted.Problems[0].Code;
    }

    private Task<string?> RoleAsync(TenantId tenant, PersonId person) =>
        _people.QueryAsync<string?>(
            "SELECT role FROM tenancy.membership WHERE tenant_id = @tenant AND person_id = @person",
            new { tenant = tenant.Value, person = person.Value }
        );
}
