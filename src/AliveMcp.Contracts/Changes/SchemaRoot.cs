using System.Globalization;

namespace AliveMcp.Contracts.Changes;

/// <summary>One whole schema, in which local references are looked up.</summary>
internal sealed class SchemaRoot(Place at, JsonPiece schema)
{
    private const int MaxHops = 32;
    private readonly HashSet<JsonPiece> _used = [];
    private readonly Dictionary<string, (Place At, JsonPiece Schema)?> _found = new(StringComparer.Ordinal);

    private readonly Lazy<(bool Dialect, bool OddRefs)> _words = new(() => WordsOf(schema));

    public JsonPiece Schema => schema;

    /// <summary>Whether no keyword stands in it whose meaning differs between dialects.</summary>
    public bool IsDialectFree => !_words.Value.Dialect;

    /// <summary>Whether references stand in it that are not followed: other documents, anchors, dynamic ones.</summary>
    public bool HasOddRefs => _words.Value.OddRefs;

    /// <summary>Whether a reference led to it.</summary>
    public bool IsUsed(JsonPiece? piece) => piece is not null && _used.Contains(piece);

    /// <summary>What a local reference points at; null when it points nowhere, or out of the document.</summary>
    public (Place At, JsonPiece Schema)? Find(string reference)
    {
        if (!_found.TryGetValue(reference, out var found))
        {
            _found[reference] = found = Walk(reference);
        }

        if (found is { } target)
        {
            _used.Add(target.Schema);
        }

        return found;
    }

    /// <summary>The schema with its reference replaced by what it points at, own texts winning; null when that cannot be done.</summary>
    public JsonPiece? Inline(JsonPiece piece)
    {
        var texts = new Dictionary<string, JsonPiece>(StringComparer.Ordinal);
        for (var hop = 0; piece.TextOf("$ref") is { } reference; hop++)
        {
            var beside = piece.Members.Where(member => member.Key != "$ref").ToList();
            if (
                hop == MaxHops
                || Find(reference) is not { } target
                || !beside.TrueForAll(member => IsPlain(member.Key))
            )
            {
                return null;
            }

            beside.ForEach(member => texts.TryAdd(member.Key, member.Value));
            piece = target.Schema;
        }

        return texts.Count == 0 || !piece.IsObject
            ? piece
            : JsonPiece.Of(
                piece
                    .Members.Where(member => !texts.ContainsKey(member.Key))
                    .Concat(texts.Select(text => new JsonPiece.Member(text.Key, text.Value)))
            );
    }

    /// <summary>Whether a keyword beside a reference asserts nothing.</summary>
    private static bool IsPlain(string key) =>
        key
            is "title"
                or "description"
                or "examples"
                or "$comment"
                or "default"
                or "deprecated"
                or "$defs"
                or "definitions"
                or "$schema";

    private (Place At, JsonPiece Schema)? Walk(string reference)
    {
        if (reference == "#")
        {
            return (at, schema);
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        var (place, piece) = (at, schema);
        foreach (var escaped in reference[2..].Split('/'))
        {
            var segment = Uri.UnescapeDataString(escaped)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (Step(piece, segment) is not { } next)
            {
                return null;
            }

            (place, piece) = (place / segment, next);
        }

        return piece.IsObject || piece.IsTrue || piece.IsFalse ? (place, piece) : null;
    }

    private static JsonPiece? Step(JsonPiece piece, string segment) =>
        !piece.IsArray ? piece[segment]
        : int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < piece.Items.Count
            ? piece.Items[index]
        : null;

    /// <summary>Looks at every key of the schema, data included: finding too much only makes us more careful.</summary>
    private static (bool Dialect, bool OddRefs) WordsOf(JsonPiece root)
    {
        var (dialect, odd) = (false, false);
        var rest = new Stack<JsonPiece>([root]);
        while (rest.TryPop(out var piece))
        {
            foreach (var (key, value) in piece.Members)
            {
                dialect |= IsDialectWord(key, value, piece);
                odd |= JsonPiece.IsRef(key) && !(key == "$ref" && value.Text.StartsWith('#') && IsPointer(value.Text));
                rest.Push(value);
            }

            foreach (var item in piece.Items)
            {
                rest.Push(item);
            }
        }

        return (dialect, odd);
    }

    private static bool IsPointer(string reference) => reference.Length == 1 || reference[1] == '/';

    private static bool IsDialectWord(string key, JsonPiece value, JsonPiece owner) =>
        key switch
        {
            "items" => value.IsArray,
            "$ref" => owner.Members.Count > 1,
            "exclusiveMinimum" or "exclusiveMaximum" => !value.IsNumber,
            "additionalItems"
            or "prefixItems"
            or "unevaluatedItems"
            or "unevaluatedProperties"
            or "minContains"
            or "maxContains" => true,
            "dependencies" or "dependentRequired" or "dependentSchemas" or "$recursiveRef" or "$dynamicRef" => true,
            _ => false,
        };
}
