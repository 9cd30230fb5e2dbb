using AliveMcp.Tenancy.SignIn;

namespace AliveMcp.Tenancy.Letters;

/// <summary>A mail to one person. It may hold a secret link: it is never logged and never stored.</summary>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">One line of our own words.</param>
/// <param name="Text">The whole letter, plain.</param>
public sealed record Letter(EmailAddress To, string Subject, string Text)
{
    /// <summary>The same as HTML; null: plain text alone.</summary>
    public string? Html { get; init; }

    /// <summary>Of our own making, one line each: <c>List-Unsubscribe</c>, <c>Message-ID</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Nothing of it: it may come into a log.</summary>
    public override string ToString() => "Letter";
}
