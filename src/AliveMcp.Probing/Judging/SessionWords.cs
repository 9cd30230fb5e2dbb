using System.Text;
using System.Text.RegularExpressions;

namespace AliveMcp.Probing.Judging;

/// <summary>Tells by a stranger's words that it forgot the session it had given us: the status alone is 400, 404, 503 or even 200, as it pleases.</summary>
internal static partial class SessionWords
{
    /// <summary>The answer speaks of a session at all: enough behind a 400.</summary>
    public static bool Mentions(Stop stop) =>
        stop.Signs?.SpeaksOfSession == true
        || stop.Error?.Message?.Contains("session", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The answer says that there is no such session (any more).</summary>
    public static bool SayLost(Stop stop) =>
        (stop.Error?.Message is { } message && Lost().IsMatch(message))
        || (stop.Excerpt is { } excerpt && Lost().IsMatch(Encoding.UTF8.GetString(excerpt)));

    // "The session pool of the database is exhausted" is another matter.
    [GeneratedRegex(
        @"\bsession(?:[ _-]?id)?\b[^.\n]{0,40}\b(?:not found|not exist|not valid|unknown|invalid|expired|terminated|closed|missing|required|gone|lost)\b"
            + @"|\b(?:no valid|no such|not a valid|no active|invalid|unknown|unrecognized|expired|missing|stale)[^.\n]{0,20}\bsession",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Lost();
}
