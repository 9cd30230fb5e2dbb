using System.Text.RegularExpressions;

namespace AliveMcp.House.Tests.Ownership;

/// <summary>Every table is a tenant's or a person's, row by row and kept by Postgres, or it is named with the reason why it is nobody's.</summary>
internal static partial class OwnershipRule
{
    public static IEnumerable<string> Faults(
        IEnumerable<string> migrations,
        IReadOnlyDictionary<string, string> nobodys
    )
    {
        var sql = Comment().Replace(string.Join('\n', migrations), "");
        var tables = Table().Matches(sql).Select(found => found.Groups["name"].Value).ToHashSet();
        var owned = Owned().Matches(sql).Select(found => found.Groups["name"].Value).ToHashSet();
        var unkept = tables
            .Where(table => !owned.Contains(table) && !nobodys.ContainsKey(table))
            .Select(table =>
                $"{table} is neither tenant-owned nor person-owned nor on the list of tables that are nobody's."
            );
        var stale = nobodys
            .Keys.Where(table => !tables.Contains(table) || owned.Contains(table))
            .Select(table => $"{table} is on the list of tables that are nobody's and does not belong there.");
        return unkept.Concat(stale);
    }

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();

    /// <summary>A partition is kept by its parent.</summary>
    [GeneratedRegex(@"CREATE TABLE (?<name>\w+\.\w+)\s*(?!\s*PARTITION OF)\(")]
    private static partial Regex Table();

    [GeneratedRegex(@"make_(?:tenant|person)_owned\('(?<name>\w+\.\w+)'\)")]
    private static partial Regex Owned();
}
