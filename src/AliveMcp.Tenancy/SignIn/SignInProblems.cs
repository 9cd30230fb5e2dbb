using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>The ways in which the door for people says no.</summary>
internal static class SignInProblems
{
    public static Problem TooMany { get; } =
        new("sign_in_too_many", "Too many tries from here. Wait a while and try again.");

    public static Problem NoEmail { get; } =
        new("email_invalid", "That is no mail address; for example alice@example.com.", "email");

    public static Problem LinkGone { get; } =
        new("link_not_found", "This link is no longer good: it was used, it is too old, or a newer one was sent.");

    public static Problem MayNotEnter { get; } =
        new(
            "sign_in_forbidden",
            "There is no account for you here, and accounts are made by invitation. Ask the owner of this install to invite you."
        );

    public static Problem ProviderFailed { get; } =
        new("provider_unavailable", "The sign-in there did not work out. Try once more, or sign in by mail.");

    public static Problem CodeRefused { get; } =
        new("code_refused", "That code is not good. Wait for the next one.", "code");

    public static Problem EmailTaken { get; } =
        new(
            "email_taken",
            "Somebody has that address here already. Sign in with it first, and open this link again.",
            "email"
        );
}
