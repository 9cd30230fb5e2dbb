using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Locks;

/// <summary>Why there is no list to be had, told so that it can be looked into.</summary>
internal static class NoContract
{
    public static CallFailedException Of(ProbeAttempt attempt, Look look)
    {
        var url = SafeText.Of(look.Order.Url.OriginalString, 200);
        var reason =
            WhyWords.Word(attempt.Why) is { } word ? $"{word}: {WhyWords.Sentence(attempt.Why)}"
            : attempt.Access == Access.Protected
                ? "the server asks to sign in; give a credential, for example --bearer-env."
            : "the server offers no tools.";
        return new CallFailedException(
            ExitCodes.Down,
            $"No whole tool list was seen at {url}.",
            reason,
            $"Try 'alivemcp probe {url}'."
        );
    }
}
