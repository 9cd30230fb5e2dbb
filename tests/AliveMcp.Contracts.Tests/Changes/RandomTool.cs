using System.Text.Json.Nodes;

namespace AliveMcp.Contracts.Tests.Changes;

/// <summary>Tools by chance whose schemas hold something for every kind of change.</summary>
internal static class RandomTool
{
    /// <summary>Printed and read back, so that its numbers can be asked for as any kind of number.</summary>
    public static JsonObject Make(Random random, string name) =>
        JsonNode.Parse(Tool(random, name).ToJsonString())!.AsObject();

    private static JsonObject Tool(Random random, string name) =>
        new()
        {
            ["name"] = name,
            ["title"] = "Title",
            ["description"] = "Does something.",
            ["icons"] = new JsonArray(),
            ["_meta"] = new JsonObject(),
            ["annotations"] = new JsonObject
            {
                ["readOnlyHint"] = true,
                ["destructiveHint"] = false,
                ["idempotentHint"] = true,
                ["openWorldHint"] = false,
            },
            ["inputSchema"] = Root(random, name),
            ["outputSchema"] = Root(random, "out"),
        };

    /// <summary>An object whose two definitions are both in use, one of them by itself.</summary>
    private static JsonObject Root(Random random, string own)
    {
        var root = Object(random, 3);
        var properties = root["properties"]!.AsObject();
        properties["own"] = new JsonObject { ["const"] = own };
        properties["tree"] = new JsonObject { ["$ref"] = "#/$defs/Tree" };
        properties["leaf"] = new JsonObject { ["$ref"] = "#/$defs/Leaf", ["description"] = "A leaf." };
        var tree = Object(random, 1);
        tree["properties"]!["children"] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["$ref"] = "#/$defs/Tree" },
        };
        root["$defs"] = new JsonObject { ["Tree"] = tree, ["Leaf"] = Object(random, 1) };
        return root;
    }

    private static JsonObject Object(Random random, int depth)
    {
        var properties = new JsonObject();
        for (var at = 0; at < 2 + random.Next(3); at++)
        {
            // A constant of its own makes each parameter unlike all others, so that a rename is told from a swap.
            properties[$"p{at}"] = Schema(random, depth - 1);
            properties[$"p{at}"]!["$comment"] = $"{at} {random.Next()}";
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray("p0", "p1"),
        };
    }

    private static JsonObject Schema(Random random, int depth) =>
        random.Next(depth > 0 ? 8 : 5) switch
        {
            0 => new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = random.Next(1, 5),
                ["maxLength"] = random.Next(10, 99),
                ["pattern"] = "^a",
                ["description"] = "Some words.",
            },
            1 => new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = random.Next(1, 9),
                ["maximum"] = random.Next(10, 99),
                ["default"] = 9,
            },
            2 => new JsonObject
            {
                ["type"] = new JsonArray("number", "null"),
                ["exclusiveMinimum"] = 0.5,
                ["exclusiveMaximum"] = 9.5,
                ["multipleOf"] = 0.5,
                ["title"] = "A number",
            },
            3 => new JsonObject
            {
                ["enum"] = new JsonArray("a", "b", "c", random.Next()),
                ["examples"] = new JsonArray("a"),
            },
            4 => new JsonObject
            {
                ["type"] = "string",
                ["format"] = "uri",
                ["default"] = "x",
            },
            5 => new JsonObject
            {
                ["type"] = "array",
                ["items"] = Schema(random, depth - 1),
                ["minItems"] = random.Next(1, 4),
                ["maxItems"] = random.Next(5, 9),
                ["uniqueItems"] = true,
            },
            6 => new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = "null", ["$comment"] = $"{random.Next()}" },
                    Schema(random, depth - 1)
                ),
            },
            _ => Object(random, depth),
        };
}
