using System.Text.Json.Serialization;
using AliveMcp.Tenancy.Permissions;

namespace AliveMcp.Tenancy.Members;

/// <summary>A member as the API shows it. Names are people's words: data, never markup.</summary>
internal sealed record MemberLine(int Id, string Name, string Email, string Role, DateTimeOffset JoinedAt, bool ByGroup)
{
    public static MemberLine Of(Member member) =>
        new(
            member.Person.Value,
            member.Name,
            member.Email,
            PermissionWords.Word(member.Role),
            member.JoinedAt,
            member.IsByGroup
        );
}

/// <summary>All members; a tenant has as many as its plan has room for.</summary>
internal sealed record MemberList(IReadOnlyList<MemberLine> Members);

/// <summary>An open invitation as the API shows it.</summary>
internal sealed record InvitationLine(int Id, string Email, string Role, DateTimeOffset ExpiresAt)
{
    public static InvitationLine Of(Invitation invitation) =>
        new(invitation.InvitationId, invitation.Email, PermissionWords.Word(invitation.Role), invitation.ExpiresAt);
}

/// <summary>All open invitations.</summary>
internal sealed record InvitationList(IReadOnlyList<InvitationLine> Invitations);

/// <summary>An invitation as it is given out.</summary>
/// <param name="Invitation">What is kept of it.</param>
/// <param name="Link">Secret, to be handed over; left out when it went by mail.</param>
internal sealed record IssuedInvitationLine(InvitationLine Invitation, string? Link);

/// <summary>For the API's description: a member's new role.</summary>
internal sealed record RoleWish(string Role);

/// <summary>For the API's description: an invitation.</summary>
internal sealed record InvitationWish(string Email, string Role);

/// <summary>How this slice's answers are spelled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(InvitationList))]
[JsonSerializable(typeof(IssuedInvitationLine))]
internal sealed partial class MemberJson : JsonSerializerContext;
