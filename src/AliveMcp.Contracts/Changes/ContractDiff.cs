using System.Text.Json;

namespace AliveMcp.Contracts.Changes;

/// <summary>Explains what changed between two tool lists, change by change. Pure, and total over hostile lists.</summary>
public static class ContractDiff
{
    /// <summary>
    /// Compares two lists as <see cref="ContractDocument.Canonical"/> holds them. The gravest changes come first, then by tool and path;
    /// there is none exactly when the full hashes are equal.
    /// </summary>
    /// <exception cref="JsonException">A text is not JSON, or nested deeper than any list that a probe accepts.</exception>
    public static IReadOnlyList<ContractChange> Compare(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after) =>
        Compare(before, after, VersionFields.None);

    /// <summary>
    /// Compares two lists that were taken under different protocol versions: what only one of the two versions knows is left out on both sides,
    /// so that a server which merely speaks a newer version has not changed. What is found is a drift marked <c>baseline_moved</c>.
    /// </summary>
    /// <param name="before">The list last accepted, canonical.</param>
    /// <param name="beforeVersion">The protocol version it was taken under; null when not known.</param>
    /// <param name="after">The new list, canonical.</param>
    /// <param name="afterVersion">The protocol version it was taken under; null when not known.</param>
    /// <exception cref="JsonException">A text is not JSON, or nested deeper than any list that a probe accepts.</exception>
    public static IReadOnlyList<ContractChange> CompareAcross(
        ReadOnlyMemory<byte> before,
        string? beforeVersion,
        ReadOnlyMemory<byte> after,
        string? afterVersion
    ) => Compare(before, after, VersionFields.Between(beforeVersion, afterVersion));

    private static IReadOnlyList<ContractChange> Compare(
        ReadOnlyMemory<byte> before,
        ReadOnlyMemory<byte> after,
        VersionFields ignored
    )
    {
        if (before.Span.SequenceEqual(after.Span))
        {
            return [];
        }

        var changes = new ChangeList();
        new ListComparison(changes, ignored).Compare(JsonPiece.Parse(before), JsonPiece.Parse(after));
        return changes.Sorted();
    }
}
