namespace AliveMcp.House.Tests.Sources;

/// <summary>The checked-out tree that this test project was built from.</summary>
internal static class Tree
{
    private static readonly string[] NotOurs =
    [
        ".git",
        ".alivemcp",
        ".vs",
        ".idea",
        "artifacts",
        "bin",
        "node_modules",
        "obj",
        "TestResults",
    ];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that belongs to the project, by its path from the root with forward slashes, in a fixed order.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. List(Root).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file.</summary>
    public static IReadOnlyList<CodeFile> Code { get; } =
    [
        .. Paths
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => new CodeFile(path, Read(path))),
    ];

    /// <summary>Every page of documentation.</summary>
    public static IReadOnlyList<CodeFile> Pages { get; } =
    [
        .. Paths
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .Select(path => new CodeFile(path, Read(path))),
    ];

    /// <summary>Every project file.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [.. Paths.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    private static IEnumerable<string> List(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(inner)))
            {
                foreach (var file in List(inner))
                {
                    yield return file;
                }
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AliveMcp.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("These tests run inside their checked-out tree.");
    }
}
