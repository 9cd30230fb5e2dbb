namespace AliveMcp.House.Tests.Map;

/// <summary>Holds what is referenced against what may be.</summary>
internal static class MapRule
{
    /// <summary>Faults of one kind of references: those of project files, or those of compiled assemblies.</summary>
    public static IReadOnlyList<string> Faults(
        ReferenceMap map,
        IReadOnlyDictionary<string, IReadOnlyList<string>> actual
    )
    {
        var faults = new List<string>();
        foreach (var (project, references) in actual)
        {
            if (!map.MayReference.TryGetValue(project, out var allowed))
            {
                faults.Add($"{project} has no row in the map of docs/architecture.md.");
                continue;
            }

            faults.AddRange(
                references
                    .Where(reference => !allowed.Contains(reference))
                    .Select(reference => $"{project} references {reference}; the map allows {Said(allowed)}.")
            );
        }

        faults.AddRange(
            map.MayReference.Keys.Where(project => !actual.ContainsKey(project) && project != "tests/*")
                .Select(project => $"The map has a row for {project}, which does not exist.")
        );
        return faults;
    }

    /// <summary>Faults against the walls: what a project reaches, through whatever it references.</summary>
    /// <param name="map">The walls.</param>
    /// <param name="assemblies">All references of each compiled assembly, ours and others', by short name.</param>
    public static IReadOnlyList<string> WallFaults(
        ReferenceMap map,
        IReadOnlyDictionary<string, IReadOnlyList<string>> assemblies
    ) =>
        [
            .. from wall in map.NeverReaches
            from reached in Reached(wall.Key, assemblies)
            from forbidden in wall.Value
            where reached.Name == forbidden || reached.Name.StartsWith(forbidden + ".", StringComparison.Ordinal)
            select $"{wall.Key} reaches {reached.Name} through {reached.Through}.",
        ];

    private static IEnumerable<(string Name, string Through)> Reached(
        string project,
        IReadOnlyDictionary<string, IReadOnlyList<string>> assemblies
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([project]);
        while (open.TryDequeue(out var through))
        {
            foreach (var name in assemblies.GetValueOrDefault(through, []).Where(seen.Add))
            {
                yield return (name, through);
                open.Enqueue(name);
            }
        }
    }

    private static string Said(IReadOnlyList<string> allowed) =>
        allowed.Count == 0 ? "none" : string.Join(", ", allowed);
}
