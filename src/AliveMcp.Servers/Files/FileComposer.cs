using AliveMcp.Vocabulary;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AliveMcp.Servers.Files;

/// <summary>
/// Turns text into nodes. Built on the parser's events instead of YamlDotNet's own tree, which overflows the stack on a text of nothing but
/// brackets; anchors are refused, because a few lines of them can stand for gigabytes.
/// </summary>
internal sealed class FileComposer
{
    /// <summary>The file itself needs six; the rest is for arguments and schemas.</summary>
    private const int MaxDepth = 32;

    private readonly Parser _parser;
    private int _depth;

    private FileComposer(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Null when the text holds nothing but comments.</summary>
    public static Result<FileNode?> Compose(string text)
    {
        try
        {
            return new FileComposer(text.TrimStart('\uFEFF')).Document();
        }
        catch (YamlException fault)
        {
            return Explain(text, fault);
        }
    }

    private FileNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = Node();
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
        {
            throw Fault(_parser.Current!, "A second document begins; write one.");
        }

        return root;
    }

    private FileNode Node()
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return ScalarOf(scalar);
        }

        if (++_depth > MaxDepth)
        {
            throw Fault(_parser.Current!, $"Nested more than {MaxDepth} deep.");
        }

        FileNode node = _parser.Current switch
        {
            SequenceStart start => List(start),
            MappingStart start => Map(start),
            var other => throw Fault(other!, "Anchors and aliases (&, *) are not taken; write the value out."),
        };
        _depth--;
        return node;
    }

    private FileScalar ScalarOf(Scalar scalar)
    {
        RefuseDecoration(scalar);
        return new FileScalar(LineOf(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private FileList List(SequenceStart start)
    {
        RefuseDecoration(start);
        _parser.MoveNext();
        var items = new List<FileNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node());
        }

        return new FileList(LineOf(start), items);
    }

    private FileMap Map(MappingStart start)
    {
        RefuseDecoration(start);
        _parser.MoveNext();
        var fields = new List<(FileScalar, FileNode)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var at = _parser.Current!;
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw Fault(at, "A key is a plain word here.");
            }

            if (!names.Add(key.Value))
            {
                throw Fault(key, $"'{SafeText.Of(key.Value, 60)}' is written twice in the same mapping.");
            }

            fields.Add((ScalarOf(key), Node()));
        }

        return new FileMap(LineOf(start), fields);
    }

    private static void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            throw Fault(node, "Anchors and aliases (&, *) are not taken; write the value out.");
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            throw Fault(node, "Tags (!…) are not taken; write the plain value.");
        }
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private static YamlException Fault(ParsingEvent at, string message) => new(at.Start, at.End, message);

    private static Problem Explain(string text, YamlException fault)
    {
        var (line, column, message) = (fault.Start.Line, fault.Start.Column, fault.Message);
        if (
            FirstTab(text) is { } tab
            && (Math.Abs(tab.Line - line) <= 1 || message.Contains("tab as indentation", StringComparison.Ordinal))
        )
        {
            // The parser points at the beginning of the mapping, which may be hundreds of lines above.
            (line, column, message) = (tab.Line, tab.Column, "The line begins with a tab; YAML takes spaces only.");
        }

        var where = string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
        return new Problem("yaml_invalid", $"The text is not YAML at {where}: {SafeText.Of(message, 200)}", where);
    }

    private static (long Line, long Column)? FirstTab(string text)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var tab = content[..^content.TrimStart(" \t").Length].IndexOf('\t');
            if (tab >= 0)
            {
                return (line, tab + 1);
            }
        }

        return null;
    }
}
