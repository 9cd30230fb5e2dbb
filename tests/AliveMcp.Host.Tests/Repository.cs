namespace AliveMcp.Host.Tests;

/// <summary>Where the tree is, whose files are compared with what the program says.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "AliveMcp.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tree is not above."));
}
