using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>A server depends on servers that are there once the change is made, not on itself, and not by way of others on itself.</summary>
internal static class DependencyRule
{
    /// <summary>So many servers may one depend on.</summary>
    public const int Most = 10;

    public static IEnumerable<Problem> Check(
        IReadOnlyList<Server> servers,
        IReadOnlyList<FileEntry> entries,
        ApplyOptions options
    )
    {
        var bySlug = entries.ToDictionary(entry => entry.Slug, StringComparer.Ordinal);
        var needs = servers
            .Where(server => !bySlug.ContainsKey(server.Slug) && !Goes(server, options))
            .Select(server => (server.Slug, server.DependsOn))
            .Concat(entries.Select(entry => (entry.Slug, entry.DependsOn)))
            .ToDictionary(one => one.Slug, one => one.DependsOn, StringComparer.Ordinal);
        var wrong = entries.SelectMany(entry =>
            entry.DependsOn.Select(slug =>
                slug == entry.Slug ? FileProblems.DependsOnItself(entry)
                : needs.ContainsKey(slug) ? null
                : FileProblems.DependencyUnknown(entry, slug)
            )
        );
        return wrong
            .OfType<Problem>()
            .Concat(
                from way in Circles(needs)
                let first = way.Find(bySlug.ContainsKey)
                where first is not null
                select FileProblems.DependencyCycle(bySlug[first], Told(way, first))
            );
    }

    private static bool Goes(Server server, ApplyOptions options) =>
        server.Slug == options.Erase || (options.Prune && !options.Alone && server.ManagedBy == options.ManagedBy);

    private static string Told(List<string> way, string first)
    {
        var at = way.IndexOf(first);
        return string.Join(" -> ", [.. way[at..], .. way[..at], first]);
    }

    /// <summary>Circles that share no server, at least one of those that hang together.</summary>
    private static IEnumerable<List<string>> Circles(IReadOnlyDictionary<string, string[]> needs)
    {
        var next = Next(needs);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in next.Keys)
        {
            var way = new List<string>();
            var at = start;
            while (seen.Add(at))
            {
                way.Add(at);
                at = next[at];
            }

            if (way.IndexOf(at) is >= 0 and var begin)
            {
                yield return way[begin..];
            }
        }
    }

    /// <summary>Of every server from which all ways do not come to an end, one that it depends on and of which the same is true.</summary>
    private static Dictionary<string, string> Next(IReadOnlyDictionary<string, string[]> needs)
    {
        var others = needs.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Where(slug => slug != pair.Key && needs.ContainsKey(slug)).ToList(),
            StringComparer.Ordinal
        );
        var neededBy = others
            .SelectMany(pair => pair.Value.Select(slug => (Slug: slug, By: pair.Key)))
            .ToLookup(edge => edge.Slug, edge => edge.By, StringComparer.Ordinal);
        var left = others.ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal);
        var ended = new Queue<string>(left.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        while (ended.TryDequeue(out var end))
        {
            left.Remove(end);
            foreach (var by in neededBy[end].Where(by => --left[by] == 0))
            {
                ended.Enqueue(by);
            }
        }

        return left.Keys.ToDictionary(
            slug => slug,
            slug => others[slug].First(left.ContainsKey),
            StringComparer.Ordinal
        );
    }
}
