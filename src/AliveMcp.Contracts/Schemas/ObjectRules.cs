using System.Text.Json;

namespace AliveMcp.Contracts.Schemas;

/// <summary>What is asked of objects. Of a name that stands twice, every value counts.</summary>
internal static class ObjectRules
{
    public static IEnumerable<(string Name, SchemaRule Rule)> All { get; } =
    [
        ("required", OfObject(Required)),
        ("properties", OfObject(Properties)),
        ("patternProperties", OfObject(PatternProperties)),
        ("additionalProperties", OfObject(AdditionalProperties)),
        ("propertyNames", OfObject(PropertyNames)),
        (
            "minProperties",
            OfObject((_, keyword, spot) => Count(keyword, spot, "at least", static (count, limit) => count >= limit))
        ),
        (
            "maxProperties",
            OfObject((_, keyword, spot) => Count(keyword, spot, "at most", static (count, limit) => count <= limit))
        ),
        ("dependentRequired", OfObject(DependentRequired)),
        ("dependentSchemas", OfObject(DependentSchemas)),
    ];

    private static SchemaRule OfObject(SchemaRule rule) =>
        (run, keyword, spot) => spot.Value.ValueKind == JsonValueKind.Object ? rule(run, keyword, spot) : null;

    private static SchemaFault? Required(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        foreach (var name in keyword.EnumerateArray().Select(name => name.GetString()!))
        {
            if (!spot.Value.TryGetProperty(name, out _))
            {
                return spot.Fault($"a member \"{name}\"");
            }
        }

        return null;
    }

    private static SchemaFault? Properties(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        EachMember(
            spot,
            member =>
                keyword.TryGetProperty(member.Name, out var schema)
                    ? run.Check(spot.At(schema, member.Value, member.Name))
                    : null
        );

    private static SchemaFault? PatternProperties(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        foreach (var pattern in keyword.EnumerateObject())
        {
            var regex = run.Schema.Patterns[pattern.Name];
            var fault = EachMember(
                spot,
                member =>
                    run.Spend() && regex.IsMatch(member.Name)
                        ? run.Check(spot.At(pattern.Value, member.Value, member.Name))
                        : null
            );
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static SchemaFault? AdditionalProperties(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        var named = Sibling(spot, "properties");
        var patterns =
            Sibling(spot, "patternProperties").ValueKind == JsonValueKind.Object
                ? Sibling(spot, "patternProperties")
                    .EnumerateObject()
                    .Select(pattern => run.Schema.Patterns[pattern.Name])
                    .ToList()
                : [];
        return EachMember(
            spot,
            member =>
            {
                var isNamed = named.ValueKind == JsonValueKind.Object && named.TryGetProperty(member.Name, out _);
                return isNamed || patterns.Exists(pattern => pattern.IsMatch(member.Name))
                    ? null
                    : run.Check(spot.At(keyword, member.Value, member.Name));
            }
        );
    }

    private static SchemaFault? PropertyNames(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        EachMember(
            spot,
            member =>
                run.Check(
                    spot.At(
                        keyword,
                        JsonSerializer.SerializeToElement(member.Name, SchemaJson.Default.String),
                        member.Name
                    )
                )
        );

    private static SchemaFault? Count(
        JsonElement keyword,
        SchemaSpot spot,
        string words,
        Func<int, double, bool> isWithin
    ) =>
        isWithin(spot.Value.GetPropertyCount(), keyword.GetDouble())
            ? null
            : spot.Fault($"{words} {keyword.GetRawText()} members", $"{spot.Value.GetPropertyCount()}");

    private static SchemaFault? DependentRequired(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        foreach (var dependency in keyword.EnumerateObject())
        {
            if (spot.Value.TryGetProperty(dependency.Name, out _) && Required(run, dependency.Value, spot) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static SchemaFault? DependentSchemas(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        foreach (var dependency in keyword.EnumerateObject())
        {
            if (
                spot.Value.TryGetProperty(dependency.Name, out _)
                && run.Check(spot.Under(dependency.Value)) is { } fault
            )
            {
                return fault;
            }
        }

        return null;
    }

    private static JsonElement Sibling(SchemaSpot spot, string keyword) =>
        spot.Schema.TryGetProperty(keyword, out var sibling) ? sibling : default;

    private static SchemaFault? EachMember(SchemaSpot spot, Func<JsonProperty, SchemaFault?> check)
    {
        foreach (var member in spot.Value.EnumerateObject())
        {
            if (check(member) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
