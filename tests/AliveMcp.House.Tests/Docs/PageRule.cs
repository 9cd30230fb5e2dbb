using System.Text.RegularExpressions;
using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Docs;

/// <summary>A back-ticked type or path in a page of documentation exists; so pages cannot rot unseen.</summary>
internal sealed partial class PageRule(IReadOnlyCollection<string> paths, IReadOnlySet<string> words)
{
    /// <summary>What only a running program or its user makes.</summary>
    private static readonly string[] NotInTheTree =
    [
        ".alivemcp",
        "alivemcp.yaml",
        "alivemcp.json",
        "node_modules",
        "TestResults",
    ];

    private static readonly string[] FileEnds =
    [
        ".cs",
        ".cjs",
        ".csproj",
        ".css",
        ".js",
        ".json",
        ".lua",
        ".md",
        ".png",
        ".props",
        ".razor",
        ".sh",
        ".sln",
        ".sql",
        ".svg",
        ".txt",
        ".yaml",
        ".yml",
    ];

    private readonly HashSet<string> _folders =
    [
        .. paths.SelectMany(path =>
        {
            var parts = path.Split('/');
            return Enumerable.Range(1, parts.Length - 1).Select(count => string.Join('/', parts.Take(count)));
        }),
    ];

    public IEnumerable<string> Faults(CodeFile page)
    {
        foreach (var found in BackTicked().Matches(WithoutFences(page.Text)).Cast<Match>())
        {
            var token = found.Groups["token"].Value;
            if (!Exists(token, page.Path))
            {
                var line = page.Text.AsSpan(0, found.Index).Count('\n') + 1;
                yield return $"{page.Path}:{line} names `{token}`, which does not exist.";
            }
        }
    }

    /// <summary>The files that a page names.</summary>
    public static IEnumerable<string> FilesNamed(string page) =>
        BackTicked()
            .Matches(WithoutFences(page))
            .Select(found => found.Groups["token"].Value)
            .Where(token => LooksLikePath(token) && FileEnds.Any(end => token.EndsWith(end, StringComparison.Ordinal)));

    private bool Exists(string token, string page)
    {
        if (LooksLikePath(token))
        {
            return NotInTheTree.Any(known => token.StartsWith(known, StringComparison.Ordinal))
                || PathExists(token, page);
        }

        return !TypeLike().IsMatch(token)
            || token.All(letter => !char.IsLower(letter))
            || token.Contains("__", StringComparison.Ordinal)
            || Word().Matches(Generic().Replace(token, "")).All(word => words.Contains(word.Value));
    }

    private bool PathExists(string token, string page)
    {
        var path = token.TrimEnd('/');
        var folder = Path.GetDirectoryName(page)!.Replace('\\', '/');
        var beside = path.StartsWith("../", StringComparison.Ordinal)
            ? Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, path))).Replace('\\', '/')
            : $"{folder}/{path}".TrimStart('/');
        return Is(path)
            || Is(beside)
            || paths.Concat(_folders).Any(known => known.EndsWith("/" + path, StringComparison.Ordinal));
    }

    private bool Is(string path) =>
        path.Contains('*', StringComparison.Ordinal)
            ? paths.Any(known => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(path, known))
            : _folders.Contains(path) || paths.Contains(path);

    /// <summary>A file by its ending, or something with a slash that begins at the root or at a room; not a URL and not a pattern of one.</summary>
    private static bool LooksLikePath(string token) =>
        !token.Any(sign => sign is ' ' or '{' or '<' or '…' or '=' or '"' or ':' or '|' or '(')
        && !token.StartsWith('/')
        && !token.StartsWith('-')
        && (
            FileEnds.Any(end => token.EndsWith(end, StringComparison.Ordinal) && token.Length > end.Length)
            || RootFolder().IsMatch(token)
        );

    private static string WithoutFences(string page) =>
        Fence().Replace(page, found => new string('\n', found.Value.AsSpan().Count('\n')));

    [GeneratedRegex(@"`(?<token>[^`\n]+)`")]
    private static partial Regex BackTicked();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\A(?:src|tests|docs|deploy|migrations|\.ci|\.config|AliveMcp\.\w+(?:\.Tests)?)/[\w./*-]*\z")]
    private static partial Regex RootFolder();

    [GeneratedRegex(@"\A[A-Z]\w*(?:<\w+(?:, ?\w+)*>)?(?:\.[A-Z]\w*)*(?:\(\))?\z")]
    private static partial Regex TypeLike();

    [GeneratedRegex(@"<[^>]*>|\(\)")]
    private static partial Regex Generic();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
