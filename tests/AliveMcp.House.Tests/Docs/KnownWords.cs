using System.Text.RegularExpressions;
using System.Xml.Linq;
using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Docs;

/// <summary>Every word that the tree's code says outside comments and literals, and the parts of the names of its packages and projects.</summary>
internal static partial class KnownWords
{
    public static IReadOnlySet<string> Of(IEnumerable<CodeFile> code, IEnumerable<string> names) =>
        code.SelectMany(file => Word().Matches(file.Code).Select(found => found.Value))
            .Concat(names.SelectMany(name => name.Split('.')))
            .ToHashSet(StringComparer.Ordinal);

    public static IReadOnlySet<string> OfTree() =>
        Of(
            Tree.Code,
            Packages()
                .Concat(BuildSettings())
                .Concat(Tree.Projects.Select(path => Path.GetFileNameWithoutExtension(path)))
        );

    /// <summary>The ids of all packages that the tree pins.</summary>
    public static IEnumerable<string> Packages() =>
        XDocument
            .Parse(Tree.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value);

    private static IEnumerable<string> BuildSettings() =>
        new[] { "Directory.Build.props", "Directory.Packages.props" }.SelectMany(path =>
            XDocument.Parse(Tree.Read(path)).Descendants().Select(element => element.Name.LocalName)
        );

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}
