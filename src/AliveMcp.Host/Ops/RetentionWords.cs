namespace AliveMcp.Host.Ops;

/// <summary>What <c>ops retention …</c> was asked.</summary>
/// <param name="Apply">Do it, and not only tell.</param>
/// <param name="Release">The slug of a tenant whose promise is given up; null: none.</param>
internal sealed record RetentionWords(bool Apply, string? Release)
{
    /// <returns>Null when the words make no sense.</returns>
    public static RetentionWords? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["retention"] => new RetentionWords(Apply: false, null),
            ["retention", "--apply"] => new RetentionWords(Apply: true, null),
            ["retention", "release", var tenant] when !tenant.StartsWith('-') => new RetentionWords(
                Apply: false,
                tenant
            ),
            _ => null,
        };
}
