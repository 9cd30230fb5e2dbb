using System.Text.Json;

namespace AliveMcp.Contracts.Schemas;

/// <summary>References, and schemas made of schemas.</summary>
internal static class LogicRules
{
    public static IEnumerable<(string Name, SchemaRule Rule)> All { get; } =
    [("$ref", Reference), ("allOf", AllOf), ("anyOf", AnyOf), ("oneOf", OneOf), ("not", Not), ("if", If)];

    private static SchemaFault? Reference(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        run.Check(spot.Under(run.Schema.Targets[keyword.GetString()!]));

    private static SchemaFault? AllOf(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        foreach (var schema in keyword.EnumerateArray())
        {
            if (run.Check(spot.Under(schema)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static SchemaFault? AnyOf(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        keyword.EnumerateArray().Any(schema => run.Fits(spot.Under(schema)))
            ? null
            : spot.Fault($"what fits one of {keyword.GetArrayLength()} alternatives");

    private static SchemaFault? OneOf(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        var count = keyword.EnumerateArray().Count(schema => run.Fits(spot.Under(schema)));
        return count == 1
            ? null
            : spot.Fault(
                $"what fits exactly one of {keyword.GetArrayLength()} alternatives",
                $"{SchemaSpot.Shown(spot.Value)}, which fits {count}"
            );
    }

    private static SchemaFault? Not(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        run.Fits(spot.Under(keyword)) ? spot.Fault("what does not fit the schema under 'not'") : null;

    private static SchemaFault? If(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        spot.Schema.TryGetProperty(run.Fits(spot.Under(keyword)) ? "then" : "else", out var branch)
            ? run.Check(spot.Under(branch))
            : null;
}
