using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Sizes;

/// <summary>A screen holds a file, and most methods fit in half of one: the hard ends of that.</summary>
internal static class SizeRule
{
    public const int FileLines = 300;
    public const int MemberLines = 60;
    public const int ReadmeLines = 25;

    public static IEnumerable<string> Faults(CodeFile file)
    {
        if (file.Lines.Length > FileLines)
        {
            yield return $"{file.Path} has {file.Lines.Length} lines; {FileLines} at most.";
        }

        foreach (var member in file.Members.Where(member => member.Lines > MemberLines))
        {
            yield return $"{file.Path}:{member.Line} {member.Name} has {member.Lines} lines; {MemberLines} at most.";
        }
    }

    /// <summary>Hand-written text that is not C#: only its length counts.</summary>
    public static IEnumerable<string> TextFaults(string path, string text)
    {
        var lines = text.TrimEnd('\n').AsSpan().Count('\n') + 1;
        var most =
            path.EndsWith("/README.md", StringComparison.Ordinal) && path.StartsWith("src/", StringComparison.Ordinal)
                ? ReadmeLines
                : FileLines;
        if (lines > most)
        {
            yield return $"{path} has {lines} lines; {most} at most.";
        }
    }

    /// <summary>Every project under <c>src/</c> has its page of a few lines.</summary>
    public static IEnumerable<string> SilentProjects(IReadOnlyCollection<string> paths) =>
        paths
            .Where(path =>
                path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal)
            )
            .Select(path => Path.GetDirectoryName(path)!.Replace('\\', '/'))
            .Where(folder => !paths.Contains($"{folder}/README.md"))
            .Select(folder => $"{folder} has no README.md.");
}
