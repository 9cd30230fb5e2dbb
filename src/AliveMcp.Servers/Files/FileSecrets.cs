using System.Security;
using System.Text;

namespace AliveMcp.Servers.Files;

/// <summary>Opens what a file of this machine refers to: environment variables, and files beside it.</summary>
internal static class FileSecrets
{
    private const int Longest = 64 * 1024;

    /// <param name="path">The file that refers; relative paths are taken from its folder.</param>
    public static Func<SecretReference, string?> Beside(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return reference =>
            reference.IsFile
                ? Read(Path.Combine(folder, reference.Name))
                : Some(Environment.GetEnvironmentVariable(reference.Name));
    }

    private static string? Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= Longest ? Some(File.ReadAllText(path, Encoding.UTF8)) : null;
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or ArgumentException or SecurityException)
        {
            return null;
        }
    }

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
