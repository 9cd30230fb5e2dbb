namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>Somebody as a provider vouches for her.</summary>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Subject">The issuer's own word for her: it never changes, while addresses do.</param>
/// <param name="Email">An address that the provider has verified and whose word we take; null: none.</param>
/// <param name="Name">How she is called there; empty: unknown.</param>
/// <param name="Groups">Groups that she is in, as the provider says.</param>
internal sealed record ProviderUser(
    string Issuer,
    string Subject,
    EmailAddress? Email,
    string Name,
    IReadOnlyList<string> Groups
);
