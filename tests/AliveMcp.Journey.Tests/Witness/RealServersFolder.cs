namespace AliveMcp.Journey.Tests.Witness;

/// <summary>Where the programs that others wrote are installed.</summary>
internal static class RealServersFolder
{
    public static string Path { get; } = Find();

    /// <summary>The folder's own Node where the system's was too old, else the system's.</summary>
    public static string Node { get; } =
        Directory
            .EnumerateDirectories(System.IO.Path.Combine(Path, "node_modules"), "node-*")
            .Select(folder => System.IO.Path.Combine(folder, "bin", "node"))
            .FirstOrDefault(File.Exists)
        ?? "node";

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "AliveMcp.sln")))
        {
            folder = folder.Parent;
        }

        var servers = System.IO.Path.Combine(folder?.FullName ?? "", "tests", "real-servers");
        return Directory.Exists(System.IO.Path.Combine(servers, "node_modules"))
            ? servers
            : throw new InvalidOperationException(
                "The real servers are not installed: run tests/real-servers/install.sh"
            );
    }
}
