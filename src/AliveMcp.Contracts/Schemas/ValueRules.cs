using System.Text.Json;

namespace AliveMcp.Contracts.Schemas;

/// <summary>What is asked of a value by itself: kind, equality, size of numbers, length and shape of texts.</summary>
internal static class ValueRules
{
    public static IEnumerable<(string Name, SchemaRule Rule)> All { get; } =
    [
        ("type", Type),
        ("const", Const),
        ("enum", Enum),
        ("minimum", (_, keyword, spot) => Bound(keyword, spot, "at least", static sign => sign >= 0)),
        ("maximum", (_, keyword, spot) => Bound(keyword, spot, "at most", static sign => sign <= 0)),
        ("exclusiveMinimum", (_, keyword, spot) => Bound(keyword, spot, "more than", static sign => sign > 0)),
        ("exclusiveMaximum", (_, keyword, spot) => Bound(keyword, spot, "less than", static sign => sign < 0)),
        ("multipleOf", MultipleOf),
        (
            "minLength",
            (_, keyword, spot) => Length(keyword, spot, "at least", static (length, limit) => length >= limit)
        ),
        (
            "maxLength",
            (_, keyword, spot) => Length(keyword, spot, "at most", static (length, limit) => length <= limit)
        ),
        ("pattern", Pattern),
    ];

    /// <summary>The text of a string; null when half a character stands in it.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Equality by value: numbers as numbers, objects without their order.</summary>
    public static bool AreEqual(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (InvalidOperationException)
        {
            return one.GetRawText() == other.GetRawText();
        }
    }

    private static SchemaFault? Type(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        var fits =
            keyword.ValueKind == JsonValueKind.Array
                ? keyword.EnumerateArray().Any(type => IsOf(spot.Value, type))
                : IsOf(spot.Value, keyword);
        return fits ? null : spot.Fault($"the type {keyword.GetRawText().Replace("\"", "", StringComparison.Ordinal)}");
    }

    private static bool IsOf(JsonElement value, JsonElement type) =>
        (value.ValueKind, type.GetString()) switch
        {
            (JsonValueKind.Null, "null") => true,
            (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
            (JsonValueKind.Object, "object") => true,
            (JsonValueKind.Array, "array") => true,
            (JsonValueKind.String, "string") => true,
            (JsonValueKind.Number, "number") => true,
            (JsonValueKind.Number, "integer") => Number(value)?.IsInteger == true,
            _ => false,
        };

    private static ExactNumber? Number(JsonElement value) =>
        ExactNumber.TryParse(value.GetRawText(), out var number) ? number : null;

    private static SchemaFault? Const(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        AreEqual(keyword, spot.Value) ? null : spot.Fault(SchemaSpot.Shown(keyword));

    private static SchemaFault? Enum(SchemaRun run, JsonElement keyword, SchemaSpot spot) =>
        keyword.EnumerateArray().Any(choice => run.Spend() && AreEqual(choice, spot.Value))
            ? null
            : spot.Fault($"one of {SchemaSpot.Shown(keyword)}");

    private static SchemaFault? Bound(JsonElement keyword, SchemaSpot spot, string words, Func<int, bool> isWithin)
    {
        if (spot.Value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        return Number(spot.Value) is { } number && isWithin(number.CompareTo(Number(keyword)!.Value))
            ? null
            : spot.Fault($"{words} {keyword.GetRawText()}");
    }

    private static SchemaFault? MultipleOf(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        if (spot.Value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        return Number(spot.Value) is { } number && number.IsMultipleOf(Number(keyword)!.Value)
            ? null
            : spot.Fault($"a multiple of {keyword.GetRawText()}");
    }

    // Characters are code points, not the units of UTF-16.
    private static SchemaFault? Length(
        JsonElement keyword,
        SchemaSpot spot,
        string words,
        Func<int, double, bool> isWithin
    )
    {
        if (spot.Value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return TextOf(spot.Value) is { } text && isWithin(text.EnumerateRunes().Count(), keyword.GetDouble())
            ? null
            : spot.Fault($"{words} {keyword.GetRawText()} characters");
    }

    private static SchemaFault? Pattern(SchemaRun run, JsonElement keyword, SchemaSpot spot)
    {
        if (spot.Value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return TextOf(spot.Value) is { } text && run.Schema.Patterns[keyword.GetString()!].IsMatch(text)
            ? null
            : spot.Fault($"text that matches {SchemaSpot.Shown(keyword)}");
    }
}
