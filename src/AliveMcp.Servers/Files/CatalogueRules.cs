using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Servers.Files;

/// <summary>What the catalogue and the tenant's plan have to say about a file that is good in itself.</summary>
internal static class CatalogueRules
{
    public static List<Problem> Check(
        IReadOnlyList<Server> servers,
        IReadOnlyList<FileEntry> entries,
        Plan plan,
        ApplyOptions options
    )
    {
        var problems = new List<Problem>();
        var others = servers
            .Where(server => server.ManagedBy != options.ManagedBy)
            .ToDictionary(server => server.Slug, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (others.TryGetValue(entry.Slug, out var other))
            {
                problems.Add(FileProblems.OtherList(entry, other.ManagedBy));
            }

            if (entry.Visibility == Visibility.Private && !plan.PrivateServers)
            {
                problems.Add(FileProblems.PrivateNotInPlan(entry, plan.Name));
            }
            if (entry.Cadence < plan.CadenceFloor)
            {
                problems.Add(FileProblems.CadenceNotInPlan(entry, plan.CadenceFloor, plan.Name));
            }
        }

        // Paused servers keep their history and their place; erased ones leave it.
        var listed = entries.Select(entry => entry.Slug).ToHashSet(StringComparer.Ordinal);
        var kept = options.Prune ? others.Count : servers.Count(server => !listed.Contains(server.Slug));
        if (plan.Servers is { } most && kept + entries.Count > most)
        {
            problems.Add(FileProblems.PlanIsFull(kept + entries.Count, most, plan.Name));
        }

        return problems;
    }
}
