using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>A server that names a region nobody knows would never be looked at; another tenant's private region is not known either.</summary>
internal static class RegionRule
{
    public static IEnumerable<Problem> Check(IEnumerable<FileEntry> entries, IReadOnlyList<Region> known)
    {
        var names = known.Select(region => region.Name).ToList();
        return from entry in entries
            from name in entry.Regions
            where !names.Contains(name, StringComparer.Ordinal)
            select FileProblems.RegionUnknown(entry, name, FileWords.Hint(name, names));
    }
}
