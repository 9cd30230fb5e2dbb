using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>A server that names a region nobody knows would never be looked at; another tenant's private region is not known either.</summary>
internal static class RegionRule
{
    public static IEnumerable<Problem> Check(IEnumerable<FileEntry> entries, IReadOnlyList<KnownRegion> known)
    {
        var names = known.Select(row => row.Region.Name).ToList();
        return from entry in entries
            from name in entry.Regions
            where !names.Contains(name, StringComparer.Ordinal)
            select FileProblems.RegionUnknown(entry, name, FileWords.Hint(name, names));
    }

    /// <summary>
    /// The entries that a prober of ours may come to look at. What the tenant's own probers alone look at lies in the tenant's network, and
    /// what they may dial there is said where they run.
    /// </summary>
    public static IEnumerable<FileEntry> FromOutside(IEnumerable<FileEntry> entries, IReadOnlyList<KnownRegion> known)
    {
        var own = known.Where(row => row.IsOwn).Select(row => row.Region.Name).ToHashSet(StringComparer.Ordinal);
        return entries.Where(entry => entry.Regions.Length == 0 || !entry.Regions.All(own.Contains));
    }
}
