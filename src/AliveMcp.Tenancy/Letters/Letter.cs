using AliveMcp.Tenancy.SignIn;

namespace AliveMcp.Tenancy.Letters;

/// <summary>A mail to one person, plain text. It may hold a secret link: it is never logged and never stored.</summary>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">One line of our own words.</param>
/// <param name="Text">The whole letter.</param>
internal sealed record Letter(EmailAddress To, string Subject, string Text)
{
    public override string ToString() => "Letter";
}
