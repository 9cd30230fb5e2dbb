using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AliveMcp.House.Tests.Docs;

/// <summary>Every dependency has its row in <c>docs/dependencies.md</c>, and every row its dependency.</summary>
internal static partial class DependencyRule
{
    public static IEnumerable<string> Faults(IReadOnlyCollection<string> dependencies, string page)
    {
        var rows = Row().Matches(page).Select(found => found.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return dependencies
            .Where(name => !rows.Contains(name))
            .Select(name => $"{name} has no row in docs/dependencies.md.")
            .Concat(
                rows.Where(name => !dependencies.Contains(name))
                    .Select(name => $"docs/dependencies.md has a row for {name}, which nothing uses.")
            );
    }

    /// <summary>Ids of central package versions and of packages that are downloaded without being referenced.</summary>
    public static IEnumerable<string> PackagesOf(string projectXml) =>
        XDocument
            .Parse(projectXml)
            .Descendants()
            .Where(element => element.Name.LocalName is "PackageVersion" or "PackageDownload")
            .Select(element => element.Attribute("Include")!.Value);

    /// <summary>Names under <c>dependencies</c>, <c>devDependencies</c> or <c>tools</c> of a JSON file.</summary>
    public static IEnumerable<string> NamesOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Where(member => member.Name is "dependencies" or "devDependencies" or "tools")
                .SelectMany(member => member.Value.EnumerateObject())
                .Select(member => member.Name),
        ];
    }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
