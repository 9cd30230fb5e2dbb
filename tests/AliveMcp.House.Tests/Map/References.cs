using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Map;

/// <summary>What the program's projects really reference, by short name.</summary>
internal static class References
{
    /// <summary>From the project files under <c>src/</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> OfProjects() =>
        OfProjects(Tree.Projects.Where(path => path.StartsWith("src/", StringComparison.Ordinal)), Tree.Read);

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> OfProjects(
        IEnumerable<string> paths,
        Func<string, string> read
    ) =>
        paths.ToDictionary(
            path => ReferenceMap.ShortName(Path.GetFileNameWithoutExtension(path)),
            path =>
                (IReadOnlyList<string>)
                    [
                        .. XDocument
                            .Parse(read(path))
                            .Descendants("ProjectReference")
                            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
                            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
                            .Select(include => ReferenceMap.ShortName(Path.GetFileNameWithoutExtension(include))),
                    ],
            StringComparer.Ordinal
        );

    /// <summary>From the compiled assemblies: every reference of ours and, followed on, of those that lie beside ours.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> OfAssemblies() =>
        Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => !path.EndsWith("House.Tests.dll", StringComparison.Ordinal))
            .ToDictionary(
                path => ReferenceMap.ShortName(Path.GetFileNameWithoutExtension(path)),
                path => ReadAssembly(path),
                StringComparer.Ordinal
            );

    private static IReadOnlyList<string> ReadAssembly(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return [];
        }

        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(handle =>
                ReferenceMap.ShortName(metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            ),
        ];
    }
}
