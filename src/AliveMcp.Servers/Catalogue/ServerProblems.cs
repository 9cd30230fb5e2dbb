using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Catalogue;

/// <summary>The ways in which this slice says no.</summary>
internal static class ServerProblems
{
    public static Problem NotFound(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' that you may see.", "slug");

    public static Problem NotUtf8 { get; } =
        new("file_invalid", "The body is not UTF-8 text; send the servers file as YAML or JSON.");
}
