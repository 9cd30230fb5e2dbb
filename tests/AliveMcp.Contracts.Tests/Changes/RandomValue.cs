using System.Text.Json.Nodes;

namespace AliveMcp.Contracts.Tests.Changes;

/// <summary>Values by chance that mostly fit the schemas of <see cref="RandomTool"/>.</summary>
internal static class RandomValue
{
    public static JsonNode? Of(JsonObject schema, JsonObject root, Random random, int depth)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return Of(root["$defs"]![reference["#/$defs/".Length..]]!.AsObject(), root, random, depth);
        }

        if (schema["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (schema["enum"] is JsonArray values)
        {
            return values[random.Next(values.Count)]!.DeepClone();
        }

        if (schema["anyOf"] is JsonArray branches)
        {
            return Of(branches[random.Next(branches.Count)]!.AsObject(), root, random, depth);
        }

        return schema["type"] is JsonValue type
            ? Typed(type.GetValue<string>(), schema, root, random, depth)
            : Number(random);
    }

    private static JsonNode? Typed(string type, JsonObject schema, JsonObject root, Random random, int depth) =>
        type switch
        {
            "string" => "a" + new string('b', random.Next(0, Whole(schema, "maxLength", 8))),
            "integer" => random.Next(Whole(schema, "minimum", 0), Whole(schema, "maximum", 9) + 1),
            "array" => Array(schema, root, random, depth),
            "object" => Object(schema, root, random, depth),
            _ => null,
        };

    private static JsonNode? Number(Random random) => random.Next(4) == 0 ? null : random.Next(2, 19) * 0.5;

    private static JsonArray Array(JsonObject schema, JsonObject root, Random random, int depth) =>
        depth <= 0
            ? []
            :
            [
                .. Enumerable
                    .Range(0, random.Next(Whole(schema, "minItems", 0), Whole(schema, "maxItems", 2) + 1))
                    .Select(_ => Of(schema["items"]!.AsObject(), root, random, depth - 1)),
            ];

    private static JsonObject Object(JsonObject schema, JsonObject root, Random random, int depth)
    {
        var required = schema["required"]!
            .AsArray()
            .Select(name => name!.GetValue<string>())
            .ToHashSet(StringComparer.Ordinal);
        var value = new JsonObject();
        foreach (var (name, parameter) in schema["properties"]!.AsObject())
        {
            if (required.Contains(name) || (depth > 0 && random.Next(2) == 0))
            {
                value[name] = Of(parameter!.AsObject(), root, random, depth - 1);
            }
        }

        return value;
    }

    private static int Whole(JsonObject schema, string key, int none) => schema[key]?.GetValue<int>() ?? none;
}
