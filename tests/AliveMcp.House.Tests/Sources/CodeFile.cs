using System.Text.RegularExpressions;

namespace AliveMcp.House.Tests.Sources;

/// <summary>One source file of the tree, by its path from the root with forward slashes.</summary>
internal sealed partial class CodeFile(string path, string text)
{
    private readonly Lazy<string> _code = new(() => CodeMask.Of(text));
    private readonly Lazy<CodeOutline> _outline = new(() => CodeOutline.Of(path, CodeMask.Of(text)));

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>The text without comments and without the insides of literals.</summary>
    public string Code => _code.Value;

    public string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    public IReadOnlyList<CodeMember> Members => _outline.Value.Members;

    public IEnumerable<CodeType> Types =>
        TypeDeclaration()
            .Matches(Code)
            .Select(found =>
            {
                var line = Code.AsSpan(0, found.Groups["name"].Index).Count('\n');
                return new CodeType(
                    found.Groups["name"].Value,
                    line + 1,
                    found.Groups["words"].Value.Contains("public", StringComparison.Ordinal),
                    HasDocstringAbove(line)
                );
            });

    /// <summary>Whether the declaration on a line (counted from 0) has a docstring, attributes skipped.</summary>
    public bool HasDocstringAbove(int line)
    {
        var above = line - 1;
        while (
            above >= 0
            && Code.Split('\n')[above].Trim() is { Length: > 0 } code
            && !code.EndsWith('{')
            && !code.EndsWith(';')
            && !code.EndsWith('}')
        )
        {
            above--;
        }

        return above >= 0 && Lines[above].TrimStart().StartsWith("///", StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"^[ \t]*(?<words>(?:(?:public|internal|private|protected|file|sealed|static|abstract|partial|readonly|ref|unsafe|new)\s+)*)(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Za-z_]\w*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex TypeDeclaration();
}
