using AliveMcp.Tenancy.Permissions;

namespace AliveMcp.Tenancy.Members;

/// <summary>An invitation that nobody has taken up yet.</summary>
/// <param name="InvitationId">Its number.</param>
/// <param name="Email">For whom; nobody else can take it up.</param>
/// <param name="Role">As what.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record Invitation(int InvitationId, string Email, Role Role, DateTimeOffset ExpiresAt);
