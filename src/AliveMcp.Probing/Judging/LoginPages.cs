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

    public static bool IsOne(string? location)
    {
        if (location is null)
        {
            return false;
        }

        var query = location.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? location : location[..query];
        return Array.Exists(Words, word => path.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
