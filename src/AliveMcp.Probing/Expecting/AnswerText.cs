using System.Text.Json;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Expecting;

/// <summary>The words in an answer.</summary>
internal static class AnswerText
{
    // Two of these and our own words fit into the 300 characters of a detail.
    private const int MostShown = 90;

    /// <summary>The texts of all contents of type <c>text</c>, in their order.</summary>
    public static IEnumerable<string> Texts(JsonElement result) =>
        Json.Member(result, "content", JsonValueKind.Array) is not { } contents
            ? []
            : contents
                .EnumerateArray()
                .Where(content => Json.Text(content, "type") == "text")
                .Select(content => Json.Text(content, "text"))
                .OfType<string>();

    /// <summary>The beginning of a stranger's words, for showing them.</summary>
    public static string Cut(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";
}
