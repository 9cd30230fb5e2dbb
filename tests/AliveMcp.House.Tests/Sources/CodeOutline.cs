using System.Text.RegularExpressions;

namespace AliveMcp.House.Tests.Sources;

/// <summary>Finds the members of a file by its braces: what stands directly inside a type and has a body is a member.</summary>
internal sealed partial class CodeOutline
{
    private readonly List<CodeMember> _members = [];
    private readonly Stack<bool> _isContainer = [];
    private readonly string _code;
    private int _start;
    private int _at;

    private CodeOutline(string code) => _code = code;

    public IReadOnlyList<CodeMember> Members => _members;

    /// <param name="path">Names the one member of a file of top-level statements.</param>
    /// <param name="code">Masked code, see <see cref="CodeMask"/>.</param>
    public static CodeOutline Of(string path, string code)
    {
        var outline = new CodeOutline(code);
        if (!Container().IsMatch(code) && !code.Contains("namespace ", StringComparison.Ordinal))
        {
            outline._members.Add(new CodeMember(Path.GetFileName(path), 1, code.TrimEnd().AsSpan().Count('\n') + 1));
            return outline;
        }

        outline.Read();
        return outline;
    }

    private void Read()
    {
        for (; _at < _code.Length; _at++)
        {
            switch (_code[_at])
            {
                case ';':
                    Add();
                    _start = _at + 1;
                    break;
                case '}':
                    _isContainer.TryPop(out _);
                    _start = _at + 1;
                    break;
                case '(' or '[':
                    SkipGroup();
                    break;
                case '{' when IsContainer(Header):
                    _isContainer.Push(true);
                    _start = _at + 1;
                    break;
                case '{':
                    SkipGroup();
                    EndBody();
                    break;
            }
        }
    }

    private string Header => _code[_start.._at];

    private static bool IsContainer(string header) => Container().IsMatch(Constraint().Replace(header, ""));

    /// <summary>After a block: a body ends its member; an expression or an initialiser goes on to its semicolon.</summary>
    private void EndBody()
    {
        var (_, sign) = Opening(_code[_start..(_at + 1)]);
        var hasInitialiser = _code.AsSpan(_at + 1).TrimStart().StartsWith("=");
        if (sign == '{' && !hasInitialiser)
        {
            Add();
            _start = _at + 1;
        }
    }

    private void Add()
    {
        var text = _code[_start..Math.Min(_at + 1, _code.Length)];
        var lead = text.Length - text.TrimStart().Length;
        var signature = PlainOperator(text.TrimStart());
        var (body, sign) = Opening(signature);
        if (sign is not ('{' or '>') || !Named().IsMatch(signature[..body]))
        {
            return;
        }

        var name = Named().Match(signature[..body]).Groups["name"].Value;
        var line = _code.AsSpan(0, _start + lead).Count('\n') + 1;
        _members.Add(new CodeMember(name, line, signature.AsSpan().Count('\n') + 1));
    }

    /// <summary>Where a declaration's body begins, and by which sign: a brace, an arrow (<c>&gt;</c>), or <c>=</c> for a field, whose initialiser is data.</summary>
    private static (int At, char Sign) Opening(string declaration)
    {
        var text = PlainOperator(declaration);
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (depth == 0 && (text[at] is '{' or '='))
            {
                return text.AsSpan(at).StartsWith("=>") ? (at, '>') : (at, text[at]);
            }

            depth +=
                text[at] is '(' or '[' ? 1
                : text[at] is ')' or ']' ? -1
                : 0;
        }

        return (-1, ' ');
    }

    /// <summary>The signs of an operator's name would read as a body or an initialiser.</summary>
    private static string PlainOperator(string declaration) =>
        Operator().Replace(declaration, found => "operator".PadRight(found.Length));

    private void SkipGroup()
    {
        var depth = 0;
        for (; _at < _code.Length; _at++)
        {
            depth +=
                _code[_at] is '(' or '[' or '{' ? 1
                : _code[_at] is ')' or ']' or '}' ? -1
                : 0;
            if (depth == 0)
            {
                return;
            }
        }
    }

    [GeneratedRegex(
        @"(^|\s)(namespace|class|struct|interface|enum|record)\s+[A-Za-z_]|(^|\s)extension\s*(<|\()",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Container();

    [GeneratedRegex(@"\boperator\s*[^\s\w(]+")]
    private static partial Regex Operator();

    [GeneratedRegex(@"\bwhere\s+\w+\s*:.*$", RegexOptions.Singleline)]
    private static partial Regex Constraint();

    [GeneratedRegex(
        @"(?<name>[A-Za-z_~]\w*)\s*(<[^>]*>)?\s*(\(.*)?$",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Named();
}
