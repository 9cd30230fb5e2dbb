using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>The ways in which this slice says no.</summary>
internal static class MinuteProblems
{
    public static Problem NoServer(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' that you may see.", "slug");

    public static Problem NotAMinute(string minute) =>
        new(
            "minute_invalid",
            $"'{SafeText.Of(minute, 80)}' is not a minute; give 2026-11-21T07:33Z, the count of minutes since 1970, or latest.",
            "minute"
        );

    public static Problem NothingKnown(string slug, string minute) =>
        new(
            "minute_not_found",
            $"Nothing is known of minute {SafeText.Of(minute, 80)} of '{SafeText.Of(slug, 80)}': it was not watched then, or it is still to come.",
            "minute"
        );

    public static Problem NoEvidence(string id) =>
        new("evidence_not_found", $"Nothing of number {SafeText.Of(id, 40)} is kept of this server.", "id");
}
