using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Catalogue;

/// <summary>The ways in which this slice says no.</summary>
internal static class ServerProblems
{
    public const string StaleCode = "server_stale";

    public static Problem NotFound(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' that you may see.", "slug");

    public static Problem Taken(string slug) =>
        new(
            "slug_taken",
            $"There is a server '{SafeText.Of(slug, 80)}' already; choose another slug, or change that one with PUT.",
            "slug"
        );

    public static Problem Stale(string slug) =>
        new(
            StaleCode,
            $"'{SafeText.Of(slug, 80)}' was changed in between: read it again, and send its new ETag in If-Match.",
            "If-Match"
        );

    public static Problem Unconditional { get; } =
        new(
            "if_match_unconditional",
            "Say which state you are changing: send the ETag of the answer that you read in If-Match, or * to change it whatever it is.",
            "If-Match"
        );

    public static Problem OtherSlug(string slug) =>
        new(
            "slug_invalid",
            $"slug differs from that of the address: leave it out, or write '{SafeText.Of(slug, 80)}'. A server keeps its slug.",
            "slug"
        );

    public static Problem NoPatch { get; } =
        new("body_invalid", "The patch is no object; send one that names the settings to change.");

    public static Problem NoWindow(string slug, int id) =>
        new("maintenance_not_found", $"'{SafeText.Of(slug, 80)}' has no planned maintenance {id}.", "id");

    public static Problem MayNotErase { get; } =
        new(
            "prune_forbidden",
            "prune erases servers, which you may not: leave it out, and what left the file is paused.",
            "prune"
        );

    public static Problem NotUtf8 { get; } =
        new("file_invalid", "The body is not UTF-8 text; send the servers file as YAML or JSON.");
}
