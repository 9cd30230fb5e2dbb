using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Members;

/// <summary>The ways in which members' desks say no.</summary>
internal static class MemberProblems
{
    public static Problem NotFound { get; } = new("member_not_found", "There is no such member.");

    public static Problem LastOwner { get; } =
        new("last_owner", "This is the last owner: make somebody else an owner first.", "role");

    public static Problem OwnersOnly { get; } =
        new("owner_forbidden", "Only an owner makes owners, and only an owner changes or removes one.", "role");

    public static Problem ByGroup { get; } =
        new("member_by_group", "A group of the identity provider gives this membership: change the group there.");

    public static Problem Already { get; } = new("member_taken", "That address is a member's already.", "email");

    public static Problem NoEmail { get; } =
        new("email_invalid", "That is no mail address; for example alice@example.com.", "email");

    public static Problem TooManyInvitations { get; } =
        new("invitation_too_many", "Too many invitations today. Go on tomorrow.");

    public static Problem InvitationNotFound { get; } =
        new(
            "invitation_not_found",
            "There is no such invitation: it was taken up or back, it is too old, or it is for another address."
        );

    /// <summary>The plan has no room.</summary>
    public static Problem Full(int most) =>
        new(
            "members_limit",
            $"The plan has room for {most} {(most == 1 ? "member" : "members")}, open invitations included."
        );
}
