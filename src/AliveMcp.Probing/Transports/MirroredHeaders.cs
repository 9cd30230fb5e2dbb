using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AliveMcp.Contracts;

namespace AliveMcp.Probing.Transports;

/// <summary>
/// The headers in which a call of the discover era repeats its tool's name and the arguments that the tool's schema marks with
/// <c>x-mcp-header</c>, so that what stands between can route without reading bodies (SEP-2243).
/// </summary>
internal sealed class MirroredHeaders
{
    private const string Mark = "x-mcp-header";

    // Keywords whose values are schemas, or lists or maps of them. A mark in there cannot be told from the arguments alone.
    private static readonly string[] Elsewhere =
    [
        "items",
        "prefixItems",
        "contains",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "dependentSchemas",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "$defs",
        "definitions",
    ];

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private static readonly long Safe = (1L << 53) - 1;

    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    private MirroredHeaders(string tool) => _headers.Add(new("Mcp-Name", Encode(tool)));

    /// <summary>The headers of one call.</summary>
    /// <param name="schema">The tool's input schema.</param>
    /// <param name="fault">What is wrong with the schema's marks: clients drop such a tool.</param>
    public static IReadOnlyList<KeyValuePair<string, string>>? Of(
        string tool,
        JsonElement schema,
        JsonElement arguments,
        out string? fault
    )
    {
        var mirrored = new MirroredHeaders(tool);
        fault = mirrored.Read(schema, arguments, isProperty: false);
        return fault is null ? mirrored._headers : null;
    }

    /// <summary>A value as it may stand in a header: plain, or wrapped where plain text would not survive or be misread.</summary>
    public static string Encode(string value)
    {
        var isPlain =
            !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && value.AsSpan().Trim(' ').Length == value.Length
            && value.Length > 0
            && !(
                value.StartsWith("=?base64?", StringComparison.OrdinalIgnoreCase)
                && value.EndsWith("?=", StringComparison.Ordinal)
            );
        return isPlain ? value : $"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
    }

    private string? Read(JsonElement schema, JsonElement value, bool isProperty)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var marked = JsonMembers.TryFind(schema, Mark, out var mark) ? Take(schema, mark, value, isProperty) : null;
        return marked ?? ReadProperties(schema, value) ?? FindMisplaced(schema);
    }

    private string? ReadProperties(JsonElement schema, JsonElement value)
    {
        if (Json.Member(schema, "properties", JsonValueKind.Object) is not { } properties)
        {
            return null;
        }

        foreach (var property in properties.EnumerateObject())
        {
            JsonMembers.TryFind(value, JsonMembers.NameOf(property), out var inner);
            if (Read(property.Value, inner, isProperty: true) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? Take(JsonElement schema, JsonElement mark, JsonElement value, bool isProperty)
    {
        var name = Json.Text(mark);
        if (string.IsNullOrEmpty(name) || name.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            return $"expected an {Mark} that is a header's name, got {Json.Raw(mark)}";
        }

        if (!isProperty || Json.Text(schema, "type") is not ("string" or "integer" or "boolean"))
        {
            return $"expected {Mark} '{name}' on a string, integer or boolean, got it on another type";
        }

        if (!_names.Add(name))
        {
            return $"expected each {Mark} once, got '{name}' again";
        }

        return Carry(name, value);
    }

    private string? Carry(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when Json.Text(value) is { } text:
                Add(name, Encode(text));
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                Add(name, value.ValueKind == JsonValueKind.True ? "true" : "false");
                return null;
            case JsonValueKind.Number when value.TryGetInt64(out var integer):
                Add(name, integer.ToString(CultureInfo.InvariantCulture));
                return integer > Safe || integer < -Safe
                    ? $"expected an integer within ±(2^53-1) for {Mark} '{name}', got {integer}"
                    : null;
            case JsonValueKind.Number:
                Add(name, value.GetRawText());
                return null;
            default:
                // An argument that is absent or null has no header.
                return null;
        }
    }

    private void Add(string name, string value) => _headers.Add(new($"Mcp-Param-{name}", value));

    // A mark that no chain of "properties" leads to makes the tool invalid, wherever it stands.
    private static string? FindMisplaced(JsonElement schema) =>
        Elsewhere.Any(keyword => JsonMembers.TryFind(schema, keyword, out var inner) && HasMark(inner))
            ? $"expected {Mark} reachable through properties alone, got it elsewhere"
            : null;

    private static bool HasMark(JsonElement node) =>
        node.ValueKind switch
        {
            JsonValueKind.Array => node.EnumerateArray().Any(item => HasMark(item)),
            JsonValueKind.Object => node.EnumerateObject().Any(HasMark),
            _ => false,
        };

    private static bool HasMark(JsonProperty member)
    {
        var name = JsonMembers.NameOf(member);
        return name == Mark && member.Value.ValueKind == JsonValueKind.String
            || (name is not ("const" or "enum" or "default" or "examples") && HasMark(member.Value));
    }
}
