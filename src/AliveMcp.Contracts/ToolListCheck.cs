using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts;

/// <summary>What in a tool list makes clients drop the tool, or the whole list.</summary>
public static class ToolListCheck
{
    private const int NameLength = 128;

    /// <summary>All faults, in the order of the list; empty when every entry can be used.</summary>
    public static IReadOnlyList<ToolFault> Check(IReadOnlyList<JsonElement> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        List<ToolFault>? faults = null;
        var names = ToolListText.NamesOf(tools);
        var seen = new HashSet<string>(names.Length, StringComparer.Ordinal);
        for (var at = 0; at < names.Length; at++)
        {
            var name = names[at];
            var twice = name is not null && !seen.Add(name);
            if (Nameless(tools[at], name, at) is { } nameless)
            {
                (faults ??= []).Add(nameless);
            }

            if (twice)
            {
                (faults ??= []).Add(Fault(name, "name_duplicate", "expected each name once, it is in the list again"));
            }

            if (tools[at].ValueKind == JsonValueKind.Object && Schema(tools[at], name) is { } schema)
            {
                (faults ??= []).Add(schema);
            }
        }

        return faults ?? (IReadOnlyList<ToolFault>)[];
    }

    private static ToolFault? Nameless(JsonElement tool, string? name, int at)
    {
        if (tool.ValueKind != JsonValueKind.Object)
        {
            return Fault(null, "tool_not_object", $"expected an object as entry {at}, got {Kind(tool)}");
        }

        return string.IsNullOrEmpty(name)
            ? Fault(null, "name_missing", $"expected a string \"name\" in entry {at}, got {Kind(tool, "name")}")
            : null;
    }

    private static ToolFault? Schema(JsonElement tool, string? name)
    {
        if (!JsonMembers.TryFind(tool, "inputSchema", out var schema))
        {
            return Fault(name, "input_schema_missing", "expected an \"inputSchema\", got none");
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return Fault(name, "input_schema_not_object", $"expected an object as \"inputSchema\", got {Kind(schema)}");
        }

        return
            JsonMembers.TryFind(schema, "type", out var type)
            && type.ValueKind == JsonValueKind.String
            && type.ValueEquals("object"u8)
            ? null
            : Fault(
                name,
                "input_schema_type",
                $"expected \"type\":\"object\" in \"inputSchema\", got {Kind(schema, "type")}"
            );
    }

    private static string Kind(JsonElement owner, string property) =>
        JsonMembers.TryFind(owner, property, out var value) ? Kind(value) : "none";

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => SafeText.Of(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)), 40),
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "a boolean",
        };

    private static ToolFault Fault(string? name, string code, string detail)
    {
        var tool = string.IsNullOrEmpty(name) ? null : SafeText.Of(name, NameLength);
        return new ToolFault(tool, code, tool is null ? detail : $"{tool}: {detail}");
    }
}
