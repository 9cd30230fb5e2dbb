namespace AliveMcp.Probing.Judging;

/// <summary>Tells a login page by where a redirect leads.</summary>
internal static class LoginPages
{
    private static readonly string[] Words =
    [
        "login",
        "signin",
        "sign-in",
        "sign_in",
        "oauth",
        "sso",
        "saml",
        "authorize",
        "auth/",
    ];

    public static bool IsOne(string? location) =>
        location is not null
        && Array.Exists(Words, word => location.Contains(word, StringComparison.OrdinalIgnoreCase));
}
