namespace AliveMcp.Tenancy.SignIn;

/// <summary>A link that is still good, before it is used.</summary>
/// <param name="IsOwnerLink">It makes the first owner of the install; else it signs in.</param>
/// <param name="Email">Who it was sent to; null for the owner's.</param>
/// <param name="IsThisBrowser">The browser that asked for it opens it.</param>
public sealed record LinkOnHand(bool IsOwnerLink, string? Email, bool IsThisBrowser);
