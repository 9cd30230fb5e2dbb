using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Vocabulary;

/// <summary>How it is said that a server is looked at less often than its owner chose.</summary>
public static class SlowedWords
{
    /// <summary>Stable word: <c>asked</c>, <c>sessions_stay</c>, <c>host_crowded</c>; null when it is not.</summary>
    public static string? Word(Slowed slowed) =>
        slowed switch
        {
            Slowed.Asked => "asked",
            Slowed.SessionsStay => "sessions_stay",
            Slowed.HostCrowded => "host_crowded",
            _ => null,
        };

    /// <summary>A sentence for people: the server asked us to, and we stay away until then.</summary>
    public static string Until(DateTimeOffset until) =>
        $"The server asked us to look less often until {until.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC.";

    /// <summary>A sentence for people; null when it is not.</summary>
    /// <param name="slowed">Why.</param>
    /// <param name="minutes">How often it is looked at now.</param>
    public static string? Sentence(Slowed slowed, int minutes) =>
        slowed switch
        {
            Slowed.Asked => $"Looked at every {minutes} minutes: the server asked us to look less often.",
            Slowed.SessionsStay =>
                $"Looked at every {minutes} minutes: the server does not end the sessions that we ask it to end.",
            Slowed.HostCrowded => $"Looked at every {minutes} minutes: many servers of its host are watched.",
            _ => null,
        };
}
