using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>
/// One value of a canonical text with its own bytes: two values are equal exactly when their bytes are.
/// Total over what a JSON reader lets pass, lone surrogates included, where <see cref="JsonElement"/> throws.
/// </summary>
internal sealed class JsonPiece
{
    /// <summary>Far above what a probe accepts; bounds the recursion of whoever walks the tree.</summary>
    public const int MaxDepth = 300;

    private JsonPiece(JsonTokenType kind, ReadOnlyMemory<byte> raw) => (Kind, Raw) = (kind, raw);

    /// <summary>An object without members: the schema that lets everything pass.</summary>
    public static JsonPiece EmptyObject { get; } = new(JsonTokenType.StartObject, "{}"u8.ToArray());

    public JsonTokenType Kind { get; }

    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Members by key, in ordinal order; empty for what is no object. Of duplicate keys the last one counts.</summary>
    public IReadOnlyList<Member> Members { get; private init; } = [];

    /// <summary>Entries of an array; empty for what is none.</summary>
    public IReadOnlyList<JsonPiece> Items { get; private init; } = [];

    /// <summary>The characters of a string; empty for what is none.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Whether a <c>$ref</c>, or a dynamic one, stands anywhere in it: equal bytes may then mean different things.</summary>
    public bool HasRef { get; private init; }

    public bool IsObject => Kind == JsonTokenType.StartObject;

    public bool IsArray => Kind == JsonTokenType.StartArray;

    public bool IsString => Kind == JsonTokenType.String;

    public bool IsNumber => Kind == JsonTokenType.Number;

    public bool IsTrue => Kind == JsonTokenType.True;

    public bool IsFalse => Kind == JsonTokenType.False;

    /// <summary>Reads one value.</summary>
    /// <exception cref="JsonException">Not one JSON value, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static JsonPiece Parse(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var piece = Read(ref reader, json);
        reader.Read();
        return piece;
    }

    /// <summary>An object made of members of others.</summary>
    public static JsonPiece Of(IEnumerable<Member> members)
    {
        var sorted = members.OrderBy(member => member.Key, StringComparer.Ordinal).ToArray();
        return new JsonPiece(JsonTokenType.StartObject, default)
        {
            Members = sorted,
            HasRef = sorted.Any(member => IsRef(member.Key) || member.Value.HasRef),
        };
    }

    public JsonPiece? this[string key]
    {
        get
        {
            var (low, high) = (0, Members.Count - 1);
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                var order = string.CompareOrdinal(Members[middle].Key, key);
                if (order == 0)
                {
                    return Members[middle].Value;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return null;
        }
    }

    /// <summary>The text of a string member; null when there is none.</summary>
    public string? TextOf(string key) => this[key] is { IsString: true } text ? text.Text : null;

    public bool SameBytes(JsonPiece other) => Raw.Span.SequenceEqual(other.Raw.Span);

    public static bool IsRef(string key) => key is "$ref" or "$dynamicRef" or "$recursiveRef";

    private static JsonPiece Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, json, start),
            JsonTokenType.StartArray => ReadArray(ref reader, json, start),
            JsonTokenType.String => new JsonPiece(JsonTokenType.String, json[start..(int)reader.BytesConsumed])
            {
                Text = Decode(ref reader),
            },
            _ => new JsonPiece(reader.TokenType, json[start..(int)reader.BytesConsumed]),
        };
    }

    private static JsonPiece ReadArray(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, int start)
    {
        var items = new List<JsonPiece>();
        var hasRef = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = Read(ref reader, json);
            hasRef |= item.HasRef;
            items.Add(item);
        }

        return new JsonPiece(JsonTokenType.StartArray, json[start..(int)reader.BytesConsumed])
        {
            Items = items,
            HasRef = hasRef,
        };
    }

    private static JsonPiece ReadObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, int start)
    {
        var members = new List<Member>();
        var (hasRef, sorted) = (false, true);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = Decode(ref reader);
            reader.Read();
            var value = Read(ref reader, json);
            hasRef |= value.HasRef || IsRef(key);
            sorted &= members.Count == 0 || string.CompareOrdinal(members[^1].Key, key) < 0;
            members.Add(new Member(key, value));
        }

        return new JsonPiece(JsonTokenType.StartObject, json[start..(int)reader.BytesConsumed])
        {
            Members = sorted ? members : Sorted(members),
            HasRef = hasRef,
        };
    }

    // Canonical text is sorted; other JSON is read all the same.
    private static List<Member> Sorted(List<Member> members)
    {
        var last = new SortedDictionary<string, JsonPiece>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            last[member.Key] = member.Value;
        }

        return [.. last.Select(member => new Member(member.Key, member.Value))];
    }

    private static string Decode(ref Utf8JsonReader reader)
    {
        using var text = new PooledBuffer<char>(64);
        JsonText.Decode(reader.ValueSpan, reader.ValueIsEscaped, text);
        return text.Span.ToString();
    }

    /// <summary>A key with its value.</summary>
    internal readonly record struct Member(string Key, JsonPiece Value);
}
