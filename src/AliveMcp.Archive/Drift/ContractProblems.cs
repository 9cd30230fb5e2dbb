using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>The ways in which contracts cannot be answered.</summary>
internal static class ContractProblems
{
    public static Problem NotAHash(string field, string? text) =>
        new(
            field + "_invalid",
            $"{field} is '{SafeText.Of(text, 80)}'; give sha256: and 64 hex digits, as the versions of the contract tell them.",
            field
        );

    public static Problem NotFound(string field, string hash) =>
        new("contract_not_found", $"This server never showed the contract {SafeText.Of(hash, 80)}.", field);

    public static Problem TextNotFound(string field, string hash) =>
        new(
            "contract_text_not_found",
            $"The text of {hash} cannot be compared: it is not kept, or larger than 1 MiB.",
            field
        );

    public static Problem NotACursor(string text) =>
        new(
            "before_invalid",
            $"before is '{SafeText.Of(text, 80)}'; give the next of the page before, as it was answered.",
            "before"
        );
}
