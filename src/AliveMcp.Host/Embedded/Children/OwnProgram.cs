using System.Runtime.InteropServices;

namespace AliveMcp.Host.Embedded.Children;

/// <summary>Programs of ours that lie beside the Host: <c>prober/AliveMcp.Prober.dll</c> and the like, run by the runtime we run on.</summary>
internal static class OwnProgram
{
    /// <summary>The command that runs it.</summary>
    /// <exception cref="ChildFailedException">It is not there.</exception>
    public static string[] Command(string folder, string assembly, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, folder, assembly);
        return File.Exists(path)
            ? [Dotnet(), path, .. arguments]
            : throw new ChildFailedException($"A part of the program is missing: {path}. Build or install it again.");
    }

    private static string Dotnet()
    {
        var ours = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(ours) ? ours : "dotnet";
    }
}
