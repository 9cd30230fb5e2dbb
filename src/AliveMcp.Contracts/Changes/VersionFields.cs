namespace AliveMcp.Contracts.Changes;

/// <summary>
/// Which members of a tool came, and went, with which protocol revision. Read in the revisions' schemas:
/// 2024-11-05 has name, description and inputSchema alone.
/// </summary>
internal sealed class VersionFields
{
    private const string Newest = "9999-99-99";

    private static readonly (string Field, string Since, string Until)[] Table =
    [
        ("annotations", "2025-03-26", Newest),
        ("title", "2025-06-18", Newest),
        ("outputSchema", "2025-06-18", Newest),
        ("_meta", "2025-06-18", Newest),
        ("icons", "2025-11-25", Newest),
        ("execution", "2025-11-25", "2026-07-28"),
        (Header, "2026-07-28", Newest),
    ];

    private readonly HashSet<string> _ignored;

    private VersionFields(IEnumerable<string> ignored) =>
        _ignored = new HashSet<string>(ignored, StringComparer.Ordinal);

    /// <summary>The schema keyword that says with which header an argument is mirrored.</summary>
    public const string Header = "x-mcp-header";

    /// <summary>Nothing is left out: both lists were taken under the same version.</summary>
    public static VersionFields None { get; } = new([]);

    /// <summary>What only one of two versions knows. A version that is not known may know anything.</summary>
    public static VersionFields Between(string? before, string? after) =>
        string.Equals(before, after, StringComparison.Ordinal)
            ? None
            : new VersionFields(
                Table
                    .Where(row => !IsKnown(row.Since, row.Until, before) || !IsKnown(row.Since, row.Until, after))
                    .Select(row => row.Field)
            );

    public bool Ignores(string field) => _ignored.Contains(field);

    // Revision names are dates, so that text order is time order.
    private static bool IsKnown(string since, string until, string? version) =>
        version is not null && string.CompareOrdinal(since, version) <= 0 && string.CompareOrdinal(version, until) < 0;
}
