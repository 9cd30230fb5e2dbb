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
            .Where(server => !ManagedLists.MayChange(options.ManagedBy, server.ManagedBy))
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

        // A tenant that is above its plan already may still change what it has.
        var count = After(servers, entries, options);
        if (plan.Servers is { } most && count > most && count > servers.Count)
        {
            problems.Add(FileProblems.PlanIsFull(count, most, plan.Name));
        }

        problems.AddRange(DependencyRule.Check(servers, entries, options));
        return problems;
    }

    /// <summary>How many servers there will be. Paused ones keep their history and their place; erased ones leave it.</summary>
    private static int After(IReadOnlyList<Server> servers, IReadOnlyList<FileEntry> entries, ApplyOptions options)
    {
        var listed = entries.Select(entry => entry.Slug).ToHashSet(StringComparer.Ordinal);
        return entries.Count
            + servers.Count(server =>
                !listed.Contains(server.Slug)
                && server.Slug != options.Erase
                && !(options.Prune && server.ManagedBy == options.ManagedBy)
            );
    }
}
