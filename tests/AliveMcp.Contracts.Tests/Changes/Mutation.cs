using System.Text.Json.Nodes;

namespace AliveMcp.Contracts.Tests.Changes;

/// <summary>One way to change a schema, and what must be found: code and place below the schema, and whether less or more passes.</summary>
/// <param name="Code">The code; <c>*</c> stands for <c>parameter</c> or <c>output_field</c>.</param>
/// <param name="Path">Pointer below the changed schema.</param>
/// <param name="Effect">What it does to what passes.</param>
internal sealed record Mutation(string Code, string Path, Effect Effect);

/// <summary>What a change does to the values that pass.</summary>
internal enum Effect
{
    None,
    Narrower,
    Wider,
    Other,
    DefaultNew,
    Added,
}

/// <summary>Changes by chance: each takes a schema that it can change, changes it and says what must be found; null where it cannot.</summary>
internal static class Mutations
{
    public static readonly IReadOnlyList<Func<JsonObject, Random, Mutation?>> OfSchema =
    [
        .. Number("minimum", +1, Effect.Narrower),
        .. Number("minimum", -1, Effect.Wider),
        .. Number("maximum", -1, Effect.Narrower),
        .. Number("maximum", +1, Effect.Wider),
        .. Number("exclusiveMinimum", +1, Effect.Narrower),
        .. Number("exclusiveMinimum", -1, Effect.Wider),
        .. Number("exclusiveMaximum", -1, Effect.Narrower),
        .. Number("exclusiveMaximum", +1, Effect.Wider),
        .. Number("minLength", +1, Effect.Narrower),
        .. Number("minLength", -1, Effect.Wider),
        .. Number("maxLength", -1, Effect.Narrower),
        .. Number("maxLength", +1, Effect.Wider),
        .. Number("minItems", +1, Effect.Narrower),
        .. Number("minItems", -1, Effect.Wider),
        .. Number("maxItems", -1, Effect.Narrower),
        .. Number("maxItems", +1, Effect.Wider),
        Drop("minimum", "constraint_widened", Effect.Wider),
        Drop("maxLength", "constraint_widened", Effect.Wider),
        Drop("pattern", "constraint_widened", Effect.Wider),
        Drop("format", "constraint_widened", Effect.Wider),
        Drop("uniqueItems", "constraint_widened", Effect.Wider),
        Drop("multipleOf", "constraint_widened", Effect.Wider),
        Drop("anyOf", "constraint_widened", Effect.Wider),
        Drop("title", "title_changed", Effect.None),
        Drop("description", "description_changed", Effect.None),
        Drop("examples", "examples_changed", Effect.None),
        Drop("default", "default_changed", Effect.Other),
        Set("pattern", "^b", "not_comparable", Effect.Other, onlyThere: true),
        Set("default", 8, "default_changed", Effect.Other, onlyThere: true),
        Set("title", "Another title", "title_changed", Effect.None),
        Set("description", "Other words.", "description_changed", Effect.None),
        Set("$comment", "Other comment.", "comment_changed", Effect.None),
        Set("examples", "c", "examples_changed", Effect.None),
        Set("deprecated", true, "deprecated_changed", Effect.None),
        Set("x-vendor", true, "not_comparable", Effect.Other),
        Set("x-mcp-header", "Other", "header_changed", Effect.Other),
        Set("unevaluatedProperties", false, "constraint_narrowed", Effect.Narrower),
        Set("minProperties", 3, "constraint_narrowed", Effect.Narrower),
        Set("not", "not a schema", "constraint_narrowed", Effect.Narrower),
        (schema, _) => Replace(schema, "type", "integer", "number", "type_widened", Effect.Wider),
        (schema, _) => Replace(schema, "type", "integer", "boolean", "type_changed", Effect.Other),
        (schema, _) => Replace(schema, "type", "array", "object", "type_changed", Effect.Other),
        (schema, _) => ReplaceAll(schema, "type", new JsonArray("number"), "type_narrowed", Effect.Narrower),
        (schema, _) => ReplaceAll(schema, "type", new JsonArray("null", "number"), "order_changed", Effect.None),
        (schema, _) => Edit(schema, "enum", list => list.RemoveAt(1), "enum_narrowed", Effect.Narrower),
        (schema, _) => Edit(schema, "enum", list => list.Add("z"), "enum_widened", Effect.Wider),
        (schema, _) => Edit(schema, "enum", list => list[0] = "z", "enum_changed", Effect.Other),
        (schema, _) => Edit(schema, "enum", Turn, "order_changed", Effect.None),
        (schema, _) => Edit(schema, "required", Turn, "order_changed", Effect.None),
        (schema, _) => Edit(schema, "anyOf", Turn, "order_changed", Effect.None),
        (schema, _) => Edit(schema, "anyOf", list => list.Add(true), "constraint_widened", Effect.Wider, "/2"),
        (schema, _) => Edit(schema, "anyOf", list => list.RemoveAt(0), "constraint_narrowed", Effect.Narrower, "/0"),
        (schema, random) => Parameter(schema, $"n{random.Next()}", required: false),
        (schema, random) => Parameter(schema, $"n{random.Next()}", required: true),
        (schema, _) => Remove(schema, "p0"),
        (schema, _) => Rename(schema, "p1", "q1"),
        (schema, _) => Need(schema, (list, name) => list.Add(name), "p9", "*_now_required", Effect.Narrower),
        (schema, _) => Need(schema, (list, _) => list.RemoveAt(0), "p0", "*_now_optional", Effect.Wider),
        (schema, _) => Close(schema),
    ];

    private static IEnumerable<Func<JsonObject, Random, Mutation?>> Number(string key, int by, Effect effect) =>
        [
            (schema, _) =>
            {
                if (schema[key] is not { } value)
                {
                    return null;
                }

                schema[key] = value.GetValue<double>() + by;
                return new Mutation(
                    effect == Effect.Narrower ? "constraint_narrowed" : "constraint_widened",
                    $"/{key}",
                    effect
                );
            },
        ];

    private static Func<JsonObject, Random, Mutation?> Drop(string key, string code, Effect effect) =>
        (schema, _) => schema.Remove(key) ? new Mutation(code, $"/{key}", effect) : null;

    private static Func<JsonObject, Random, Mutation?> Set(
        string key,
        object value,
        string code,
        Effect effect,
        bool onlyThere = false
    ) =>
        (schema, _) =>
        {
            if ((onlyThere && schema[key] is null) || schema["$ref"] is not null)
            {
                return null;
            }

            schema[key] = key is "examples" or "not" ? new JsonArray(JsonValue.Create(value)) : JsonValue.Create(value);
            return new Mutation(code, $"/{key}", effect);
        };

    private static Mutation? Replace(JsonObject schema, string key, string old, string now, string code, Effect effect)
    {
        if (schema[key] is not JsonValue value || value.GetValue<string>() != old)
        {
            return null;
        }

        schema[key] = now;
        return new Mutation(code, $"/{key}", effect);
    }

    private static Mutation? ReplaceAll(JsonObject schema, string key, JsonArray now, string code, Effect effect)
    {
        if (schema[key] is not JsonArray)
        {
            return null;
        }

        schema[key] = now;
        return new Mutation(code, $"/{key}", effect);
    }

    private static Mutation? Edit(
        JsonObject schema,
        string key,
        Action<JsonArray> edit,
        string code,
        Effect effect,
        string below = ""
    )
    {
        if (schema[key] is not JsonArray list)
        {
            return null;
        }

        edit(list);
        return new Mutation(code, $"/{key}{below}", effect);
    }

    private static void Turn(JsonArray list)
    {
        var first = list[0];
        list.RemoveAt(0);
        list.Add(first);
    }

    private static Mutation? Parameter(JsonObject schema, string name, bool required)
    {
        if (schema["properties"] is not JsonObject properties || schema["required"] is not JsonArray list)
        {
            return null;
        }

        properties[name] = new JsonObject { ["type"] = "string" };
        if (required)
        {
            list.Add(name);
        }

        return new Mutation(
            required ? "*_added_required" : "*_added",
            $"/properties/{name}",
            required ? Effect.Narrower : Effect.Added
        );
    }

    private static Mutation? Remove(JsonObject schema, string name) =>
        schema["properties"] is JsonObject properties && properties.Remove(name)
            ? new Mutation("*_removed", $"/properties/{name}", Effect.Other)
            : null;

    private static Mutation? Rename(JsonObject schema, string old, string now)
    {
        if (schema["properties"] is not JsonObject properties || schema["required"] is not JsonArray list)
        {
            return null;
        }

        var parameter = properties[old];
        properties.Remove(old);
        properties[now] = parameter;
        list[1] = now;
        return new Mutation("*_renamed", $"/properties/{now}", Effect.Other);
    }

    private static Mutation? Need(
        JsonObject schema,
        Action<JsonArray, string> edit,
        string name,
        string code,
        Effect effect
    )
    {
        if (schema["required"] is not JsonArray list)
        {
            return null;
        }

        edit(list, name);
        var known = schema["properties"]![name] is not null;
        return new Mutation(code, known ? $"/properties/{name}" : "/required", effect);
    }

    private static Mutation? Close(JsonObject schema)
    {
        if (schema["properties"] is null)
        {
            return null;
        }

        schema["additionalProperties"] = false;
        return new Mutation("constraint_narrowed", "/additionalProperties", Effect.Narrower);
    }
}
