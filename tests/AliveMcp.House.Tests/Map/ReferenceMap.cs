using System.Text.RegularExpressions;

namespace AliveMcp.House.Tests.Map;

/// <summary>The two tables of <c>docs/architecture.md</c>: who may reference whom, and which packages a project never reaches.</summary>
internal sealed partial class ReferenceMap
{
    private const string Prefix = "AliveMcp.";

    private ReferenceMap(
        IReadOnlyDictionary<string, IReadOnlyList<string>> mayReference,
        IReadOnlyDictionary<string, IReadOnlyList<string>> neverReaches
    )
    {
        MayReference = mayReference;
        NeverReaches = neverReaches;
    }

    /// <summary>Short project name → short names of the projects it may reference.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> MayReference { get; }

    /// <summary>Short project name → assemblies that neither it nor anything it references may use.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> NeverReaches { get; }

    public static ReferenceMap Read(string page) =>
        new(Table(page, "| project | may reference |"), Table(page, "| project | never reaches |"));

    /// <summary><c>AliveMcp.Probing</c> → <c>Probing</c>.</summary>
    public static string ShortName(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    private static Dictionary<string, IReadOnlyList<string>> Table(string page, string heading)
    {
        var rows = page.Split('\n')
            .SkipWhile(line => line.Trim() != heading)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim().Trim('|').Split('|'));
        var table = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var project in Names(row[0]))
            {
                table.Add(project, [.. Names(row[1])]);
            }
        }

        return table;
    }

    private static IEnumerable<string> Names(string cell) => Name().Matches(cell).Select(found => found.Value);

    [GeneratedRegex(@"[A-Za-z][\w.]*(/\*)?")]
    private static partial Regex Name();
}
