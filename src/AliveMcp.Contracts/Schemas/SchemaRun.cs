using System.Collections.Frozen;
using System.Text.Json;

namespace AliveMcp.Contracts.Schemas;

/// <summary>What a keyword says of the value at a spot; null when it has nothing against it.</summary>
internal delegate SchemaFault? SchemaRule(SchemaRun run, JsonElement keyword, SchemaSpot spot);

/// <summary>
/// One value held against one schema, within a budget: a reference that leads back to itself without going on in the value, or a list that
/// is compared with itself, ends the run instead of it running on.
/// </summary>
internal sealed class SchemaRun(JsonSchema schema)
{
    private const int MaxDepth = 200;
    private const int MaxWork = 500_000;

    private static readonly FrozenDictionary<string, SchemaRule> Rules = LogicRules
        .All.Concat(ValueRules.All)
        .Concat(ObjectRules.All)
        .Concat(ArrayRules.All)
        .ToFrozenDictionary(rule => rule.Name, rule => rule.Rule, StringComparer.Ordinal);

    private int _depth;
    private int _work;
    private bool _isSpent;

    public JsonSchema Schema => schema;

    public SchemaFault? Check(JsonElement value)
    {
        var spot = new SchemaSpot(schema.Root, value, null);
        var fault = Check(spot);

        // Asked last and of the whole run, so that a "not" cannot turn it round.
        return _isSpent ? spot.Fault("a value that can be checked with reasonable work", "one that takes more") : fault;
    }

    public bool Fits(SchemaSpot spot) => Check(spot) is null;

    public SchemaFault? Check(SchemaSpot spot)
    {
        switch (spot.Schema.ValueKind)
        {
            case JsonValueKind.True:
                return null;
            case JsonValueKind.False:
                return spot.Fault("nothing");
        }

        if (!Spend() || _depth >= MaxDepth)
        {
            _isSpent = true;
            return null;
        }

        _depth++;
        var fault = CheckKeywords(spot);
        _depth--;
        return fault;
    }

    /// <summary>Takes one piece of work out of the budget; false when it is spent.</summary>
    public bool Spend()
    {
        _isSpent = _isSpent || ++_work > MaxWork;
        return !_isSpent;
    }

    private SchemaFault? CheckKeywords(SchemaSpot spot)
    {
        foreach (var keyword in spot.Schema.EnumerateObject())
        {
            if (Rules.TryGetValue(keyword.Name, out var rule) && rule(this, keyword.Value, spot) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
