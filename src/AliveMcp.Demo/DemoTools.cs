using System.Text.Json.Nodes;

namespace AliveMcp.Demo;

/// <summary>The tool lists that the demo servers offer.</summary>
internal static class DemoTools
{
    /// <summary>How long the drifting server keeps a list before it offers the next one.</summary>
    private static readonly TimeSpan DriftsEvery = TimeSpan.FromMinutes(3);

    /// <summary>A small bookshop.</summary>
    public static JsonArray Bookshop() =>
        [
            Tool(
                "search_books",
                "Finds books by words of their title or by author.",
                """{"query":{"type":"string","description":"Words to look for"},"limit":{"type":"integer","minimum":1,"maximum":50,"default":10}}""",
                "query"
            ),
            Tool("get_book", "Everything we know about one book.", """{"isbn":{"type":"string"}}""", "isbn"),
            Tool(
                "check_stock",
                "How many copies are on the shelf now.",
                """{"isbn":{"type":"string"},"shop":{"type":"string","enum":["harbour","old-town"]}}""",
                "isbn"
            ),
        ];

    /// <summary>The bookshop as it changes: a parameter comes, then a tool, then a text; then it starts again.</summary>
    public static JsonArray Drifting(DateTimeOffset now)
    {
        var stage = now.UtcTicks / DriftsEvery.Ticks % 4;
        var tools = Bookshop();
        if (stage >= 1)
        {
            tools[1]!["inputSchema"]!["properties"]!["edition"] = new JsonObject { ["type"] = "integer" };
        }

        if (stage >= 2)
        {
            tools.Add(Tool("reserve_book", "Keeps a copy for a day.", """{"isbn":{"type":"string"}}""", "isbn"));
        }

        if (stage == 3)
        {
            tools[0]!["description"] = "Finds books, also by publisher.";
        }

        return tools;
    }

    private static JsonObject Tool(string name, string description, string properties, string required) =>
        new()
        {
            ["name"] = name,
            ["description"] = description,
            ["inputSchema"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = JsonNode.Parse(properties),
                ["required"] = new JsonArray(required),
            },
            ["annotations"] = new JsonObject
            {
                ["readOnlyHint"] = !name.StartsWith("reserve", StringComparison.Ordinal),
            },
        };
}
