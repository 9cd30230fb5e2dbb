using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Schemas;

/// <summary>Reads a schema and refuses, by name and place, everything in it that could not be checked as its author means it.</summary>
internal sealed class SchemaReader
{
    private const int MaxLength = 64 * 1024;
    private const int MaxProblems = 20;
    private const int MaxPattern = 1_000;
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private readonly JsonElement _root;
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, JsonElement> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);

    private SchemaReader(JsonElement root) => _root = root;

    public static Result<JsonSchema> Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return new Problem("schema_invalid", $"the schema is longer than {MaxLength / 1024} KiB");
        }

        try
        {
            return new SchemaReader(JsonElement.Parse(text)).Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: an escaped half of a character, which is JSON and no text.
            return new Problem("schema_invalid", "the schema is not JSON");
        }
    }

    private Result<JsonSchema> Read()
    {
        Walk(_root, "");
        var targets = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (reference, place) in _references)
        {
            if (Find(reference) is { } target)
            {
                targets[reference] = target;
            }
            else
            {
                Refuse(place, $"leads to '{reference}', where no schema of this document stands");
            }
        }

        return _problems.Count > 0 ? _problems : new JsonSchema(_root, targets, _patterns);
    }

    private void Walk(JsonElement schema, string place)
    {
        _schemas[place] = schema;
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            Refuse(place, "is no schema; write an object, true or false");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            Walk(keyword, $"{place}/{Escape(keyword.Name)}", isRoot: place.Length == 0);
        }
    }

    private void Walk(JsonProperty keyword, string place, bool isRoot)
    {
        var value = keyword.Value;
        if (!SchemaKeywords.Shapes.TryGetValue(keyword.Name, out var shape))
        {
            if (!keyword.Name.StartsWith("x-", StringComparison.Ordinal))
            {
                Refuse(place, "is no keyword of draft 2020-12; a keyword of one's own begins with x-");
            }

            return;
        }

        switch (shape)
        {
            case KeywordShape.Free:
                break;
            case KeywordShape.Refused:
                Refuse(place, "is not supported and would not be checked");
                break;
            case KeywordShape.Schema:
                WalkOne(keyword.Name, value, place);
                break;
            case KeywordShape.SchemaList:
                WalkList(value, place);
                break;
            case KeywordShape.SchemaMap:
                WalkMap(keyword.Name, value, place);
                break;
            case KeywordShape.Reference:
                Require(IsText(value), place, "is no text");
                _ = IsText(value) && _references.TryAdd(value.GetString()!, place);
                break;
            case KeywordShape.Anchor:
                Require(
                    IsText(value) && _anchors.TryAdd(value.GetString()!, _schemas[Parent(place)]),
                    place,
                    "is no text, or given twice"
                );
                break;
            case KeywordShape.Identity:
                Require(isRoot && IsText(value), place, "stands inside the schema; it may stand at its root only");
                break;
            case KeywordShape.Dialect:
                Require(
                    IsText(value) && value.GetString()!.TrimEnd('#') == Dialect,
                    place,
                    $"is another dialect; write {Dialect}, or leave it out"
                );
                break;
            default:
                WalkPlain(shape, value, place);
                break;
        }
    }

    private void WalkOne(string name, JsonElement value, string place)
    {
        if (name == "items" && value.ValueKind == JsonValueKind.Array)
        {
            Refuse(place, "is a list, as before 2020-12; write prefixItems");
            return;
        }

        Walk(value, place);
    }

    private void WalkList(JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Refuse(place, "is no list of schemas");
            return;
        }

        var at = 0;
        foreach (var item in value.EnumerateArray())
        {
            Walk(item, string.Create(CultureInfo.InvariantCulture, $"{place}/{at++}"));
        }
    }

    private void WalkMap(string name, JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse(place, "is no object of schemas");
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            var inner = $"{place}/{Escape(member.Name)}";
            if (name == "patternProperties")
            {
                TakePattern(member.Name, inner);
            }

            Walk(member.Value, inner);
        }
    }

    private void WalkPlain(KeywordShape shape, JsonElement value, string place)
    {
        if (shape == KeywordShape.Pattern && IsText(value))
        {
            TakePattern(value.GetString()!, place);
        }
        else if (KeywordValues.WhyNot(shape, value) is { } why)
        {
            Refuse(place, why);
        }
    }

    private void TakePattern(string pattern, string place)
    {
        if (_patterns.ContainsKey(pattern))
        {
            return;
        }

        try
        {
            Require(pattern.Length <= MaxPattern, place, $"is longer than {MaxPattern} characters");
            // Linear in the text whatever the pattern is.
            _patterns[pattern] = new Regex(
                EcmaPattern.Translate(pattern),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
            );
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            Refuse(
                place,
                "is no regular expression that can be matched in linear time (no look-around, no back-references)"
            );
        }
    }

    private JsonElement? Find(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        var fragment = Uri.UnescapeDataString(reference[1..]);
        return _schemas.TryGetValue(fragment, out var schema) || _anchors.TryGetValue(fragment, out schema)
            ? schema
            : null;
    }

    private void Require(bool isRight, string place, string why)
    {
        if (!isRight)
        {
            Refuse(place, why);
        }
    }

    private void Refuse(string place, string why)
    {
        if (_problems.Count < MaxProblems)
        {
            var shown = SafeText.Of(place.Length == 0 ? "the schema" : place, 120);
            _problems.Add(new Problem("schema_invalid", $"{shown} {why}", place));
        }
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static string Parent(string place) => place[..place.LastIndexOf('/')];

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
