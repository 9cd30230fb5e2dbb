using System.Security;
using System.Text;

namespace AliveMcp.Cli.Apply;

/// <summary>Opens what a file refers to, here, where the command runs.</summary>
internal static class ApplySecrets
{
    private const int Longest = 64 * 1024;

    /// <param name="answer">Of the install, which read the file.</param>
    /// <param name="text">Of the file: what does not stand in it is not opened, whatever the install asks for.</param>
    /// <param name="path">Of the file; paths in it are taken from its folder, <c>-</c> from the current one.</param>
    /// <returns>By reference, what is there; null: the file refers to nothing.</returns>
    public static Dictionary<string, string>? Open(ApplyAnswer answer, string text, string path)
    {
        var references = answer
            .Parts.Values.SelectMany(part => part.Secrets)
            .Select(one => one.Reference)
            .ToHashSet(StringComparer.Ordinal);
        if (references.Count == 0)
        {
            return null;
        }

        var folder = path == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            if (
                reference.Split(':', 2) is [var kind and ("env" or "file"), { Length: > 0 } name]
                && text.Contains(name, StringComparison.Ordinal)
                && (kind == "env" ? Environment.GetEnvironmentVariable(name) : Read(Path.Combine(folder, name)))
                    is { } value
                && !string.IsNullOrWhiteSpace(value)
            )
            {
                secrets[reference] = value.Trim();
            }
        }

        return secrets;
    }

    private static string? Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= Longest ? File.ReadAllText(path, Encoding.UTF8) : null;
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or ArgumentException or SecurityException)
        {
            return null;
        }
    }
}
