using System.Text.Json;

namespace AliveMcp.Contracts.Schemas;

/// <summary>What is asked of arrays.</summary>
internal static class ArrayRules
{
    public static IEnumerable<(string Name, SchemaRule Rule)> All { get; } =
    [
        ("prefixItems", OfArray(PrefixItems)),
        ("items", OfArray(Items)),
        ("contains", OfArray(Contains)),
        (
            "minItems",
            OfArray((_, keyword, spot) => Count(keyword, spot, "at least", static (count, limit) => count >= limit))
        ),
        (
            "maxItems",
            OfArray((_, keyword, spot) => Count(keyword, spot, "at most", static (count, limit) => count <= limit))
        ),
        ("uniqueItems", OfArray(UniqueItems)),
    ];

    private static SchemaRule OfArray(SchemaRule rule) =>
        (run, keyword, spot) => spot.Value.ValueKind == JsonValueKind.Array ? rule(run, keyword, spot) : null;

    private static SchemaFault? PrefixItems(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        foreach (var (index, (schema, item)) in keyword.EnumerateArray().Zip(spot.Value.EnumerateArray()).Index())
        {
            if (run.Check(spot.At(schema, item, index)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static SchemaFault? Items(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        var first = spot.Schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0;
        foreach (var (index, item) in spot.Value.EnumerateArray().Index())
        {
            if (index >= first && run.Check(spot.At(keyword, item, index)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static SchemaFault? Contains(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        var count = spot
            .Value.EnumerateArray()
            .Index()
            .Count(pair => run.Fits(spot.At(keyword, pair.Item, pair.Index)));
        var least = Limit(spot, "minContains") ?? 1;
        var most = Limit(spot, "maxContains");
        return count < least ? spot.Fault($"at least {least} items that fit 'contains'", $"{count}")
            : count > most ? spot.Fault($"at most {most} items that fit 'contains'", $"{count}")
            : null;
    }

    private static double? Limit(SchemaSpot spot, string keyword) =>
        spot.Schema.TryGetProperty(keyword, out var limit) ? limit.GetDouble() : null;

    private static SchemaFault? Count(
        JsonElement keyword,
        SchemaSpot spot,
        string words,
        Func<int, double, bool> isWithin
    ) =>
        isWithin(spot.Value.GetArrayLength(), keyword.GetDouble())
            ? null
            : spot.Fault($"{words} {keyword.GetRawText()} items", $"{spot.Value.GetArrayLength()}");

    private static SchemaFault? UniqueItems(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        if (keyword.ValueKind != JsonValueKind.True)
        {
            return null;
        }

        var items = spot.Value.EnumerateArray().ToList();
        for (var at = 1; at < items.Count; at++)
        {
            for (var before = 0; before < at && run.Spend(); before++)
            {
                if (ValueRules.AreEqual(items[at], items[before]))
                {
                    return spot.At(spot.Schema, items[at], at).Fault($"an item unlike item {before}");
                }
            }
        }

        return null;
    }
}
