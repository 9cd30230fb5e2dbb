using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.Members;
using AliveMcp.Tenancy.Permissions;

namespace AliveMcp.Dashboard.Members;

/// <summary>Who is in a tenant.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Members">All of them.</param>
/// <param name="Invitations">Those that are open; empty for whoever may not invite.</param>
/// <param name="Issued">An invitation just made whose link is to be handed over; null: none.</param>
/// <param name="Typed">The address as typed already.</param>
public sealed record MembersView(
    Ground Ground,
    IReadOnlyList<Member> Members,
    IReadOnlyList<Invitation> Invitations,
    IssuedInvitation? Issued,
    string? Typed
)
{
    /// <summary>Whether the reader changes anything here.</summary>
    public bool MayWrite => Ground.Tenant?.Role is Role.Owner or Role.Admin;

    /// <summary>The roles that the reader may give.</summary>
    public IReadOnlyList<Role> Given =>
        Ground.Tenant?.Role == Role.Owner
            ? [Role.Viewer, Role.Editor, Role.Billing, Role.Admin, Role.Owner]
            : [Role.Viewer, Role.Editor, Role.Billing, Role.Admin];

    /// <summary>Whether the reader may change this one.</summary>
    public bool MayChange(Member member) =>
        MayWrite && !member.IsByGroup && (member.Role != Role.Owner || Ground.Tenant?.Role == Role.Owner);
}

/// <summary>An invitation's letter, opened.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Token">The letter's: goes into the form.</param>
/// <param name="Invitation">What it is about.</param>
public sealed record InvitationView(Ground Ground, string Token, OpenInvitation Invitation)
{
    /// <summary>The address is that of who is signed in: only then the form joins.</summary>
    public bool IsForReader => Ground.Person?.Email == Invitation.Email;
}
