namespace AliveMcp.Tenancy.Members;

/// <summary>An invitation as it is given out.</summary>
/// <param name="Invitation">What was kept of it.</param>
/// <param name="Link">To be handed over by the one who invites, because there is no mail server: secret. Null: it went out by mail.</param>
public sealed record IssuedInvitation(Invitation Invitation, Uri? Link)
{
    public override string ToString() => $"invitation {Invitation.InvitationId}";
}
