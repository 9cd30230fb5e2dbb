using AliveMcp.Contracts.Changes;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Screening;

/// <summary>Reads one tool after the other and notes what is wrong with its texts.</summary>
internal sealed class ToolReading(HashSet<string> own, IReadOnlySet<string>? foreign)
{
    private const int Most = 200;

    /// <summary>Longer than any honest description that was seen (the longest of 12 real servers has about 4,000).</summary>
    private const int LongText = 10_000;
    private readonly ForeignTools _foreignTools = new(own, foreign);
    private readonly List<TextFinding> _findings = [];
    private readonly HashSet<string> _known = own.Concat(foreign ?? Enumerable.Empty<string>())
        .ToHashSet(StringComparer.Ordinal);
    private string? _tool;

    public IReadOnlyList<TextFinding> Findings => _findings;

    public void Read(JsonPiece tool)
    {
        _tool = tool.TextOf("name");
        if (_tool is { } name)
        {
            CheckName(name, Place.Tool / "name");
        }

        Walk(tool, Place.Tool, isNames: false);
    }

    public void ReadRest(string key, JsonPiece value)
    {
        _tool = null;
        Walk(value, Place.Tool / key, isNames: false);
    }

    /// <param name="piece">What is read.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="isNames">Whether its keys are names of parameters.</param>
    private void Walk(JsonPiece piece, Place at, bool isNames)
    {
        if (_findings.Count >= Most)
        {
            return;
        }

        if (piece.IsString)
        {
            CheckText(piece.Text, at);
        }

        for (var index = 0; index < piece.Items.Count; index++)
        {
            Walk(piece.Items[index], at / index, isNames: false);
        }

        foreach (var (key, value) in piece.Members)
        {
            var below = at / key;
            CheckKey(key, below, isNames);
            if (key == "$ref" && value is { IsString: true, Text: [not '#', ..] })
            {
                Add(
                    "external_ref",
                    "low",
                    below,
                    "A reference to another document, which clients must not fetch.",
                    value.Text,
                    0,
                    0
                );
            }

            Walk(value, below, isNames: !isNames && key is "properties" or "$defs" or "definitions");
        }
    }

    private void CheckKey(string key, Place at, bool isName)
    {
        if (isName)
        {
            CheckName(key, at);
        }

        foreach (var (code, start, end, detail) in HiddenCharacters.Find(key))
        {
            Add(code, Severity(code), at, detail, key, start, end);
        }
    }

    private void CheckName(string name, Place at)
    {
        if (LookAlikes.Fault(name, _known) is { } fault)
        {
            Add("lookalike_name", "high", at, fault, name, 0, name.Length);
        }
    }

    private void CheckText(string text, Place at)
    {
        foreach (var (code, start, end, detail) in HiddenCharacters.Find(text))
        {
            Add(code, Severity(code), at, detail, text, start, end);
        }

        // Pictures inside the list are bytes, not words.
        if (text.StartsWith("data:", StringComparison.Ordinal))
        {
            return;
        }

        if (text.Length > LongText)
        {
            Add(
                "oversized_text",
                "low",
                at,
                $"A text of {text.Length} characters, which every model that lists the tools reads.",
                text,
                0,
                0
            );
        }

        if (Padding.Find(text) is { } padding)
        {
            Add(
                "hidden_padding",
                "medium",
                at,
                "So much empty space that what stands behind it is out of sight.",
                text,
                padding,
                padding
            );
        }

        if (LeakedSecrets.Find(text) is { } secret)
        {
            AddSecret(at, text, secret);
        }

        CheckWords(text, at);
    }

    private void CheckWords(string text, Place at)
    {
        // Shorter texts say nothing to anybody.
        if (text.Length < 8)
        {
            return;
        }

        var folded = FoldedText.Of(text);
        foreach (var (code, from, to) in PhraseBook.Find(folded))
        {
            var (start, end) = folded.Origin(from, to);
            Add(code, Severity(code), at, Detail(code), text, start, end);
        }

        if (at.Name is not ("name" or "pattern" or "$ref" or "$schema") && _foreignTools.Find(folded) is { } named)
        {
            var (start, end) = folded.Origin(named.Start, named.End);
            Add("foreign_tool", Severity("foreign_tool"), at, Detail("foreign_tool"), text, start, end);
        }
    }

    private void AddSecret(Place at, string text, (int Start, int End, string What) secret)
    {
        var shown = text.Substring(secret.Start, Math.Min(8, secret.End - secret.Start));
        Add(
            "secret_in_text",
            "high",
            at,
            $"What looks like {secret.What} stands in the open.",
            shown + "…",
            0,
            shown.Length + 1
        );
    }

    private void Add(string code, string severity, Place at, string detail, string text, int start, int end)
    {
        if (_findings.Count < Most)
        {
            _findings.Add(
                new TextFinding
                {
                    Code = code,
                    Severity = severity,
                    Tool = _tool is null ? null : SafeText.Of(_tool, 128),
                    Path = at.ToString(),
                    Detail = detail,
                    Span = Excerpt.Of(text, start, end),
                }
            );
        }
    }

    private static string Severity(string code) =>
        code switch
        {
            "claims_precedence"
            or "foreign_tool"
            or "asks_for_conversation"
            or "hidden_unicode"
            or "control_character" => "medium",
            _ => "high",
        };

    private static string Detail(string code) =>
        code switch
        {
            "ignore_instructions" => "Words that tell a model to drop its instructions.",
            "hide_from_user" => "Words that tell a model to keep something from its user.",
            "claims_precedence" => "Words that put this tool before others instead of saying what it does.",
            "role_override" => "Words that give a model another role.",
            "instruction_tag" => "Marks that imitate the frame around a prompt.",
            "asks_for_secret" => "Words that ask a model to hand over secrets.",
            "asks_for_file" => "Words that ask a model to hand over a file that holds secrets.",
            "asks_for_conversation" => "Words that ask a model to hand over its prompt or the conversation.",
            _ => "A tool that is not in this list is spoken of.",
        };
}
