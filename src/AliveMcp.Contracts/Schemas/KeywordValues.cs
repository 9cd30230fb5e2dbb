using System.Text.Json;

namespace AliveMcp.Contracts.Schemas;

/// <summary>What the values of keywords must be that hold no schemas.</summary>
internal static class KeywordValues
{
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];

    /// <summary>Why a value is not what its keyword asks for; null when it is.</summary>
    public static string? WhyNot(KeywordShape shape, JsonElement value) =>
        shape switch
        {
            KeywordShape.Count when !IsCount(value) => "is no whole number of 0 or more",
            KeywordShape.Number when !IsNumber(value, out _) => "is no number",
            KeywordShape.Divisor when !(IsNumber(value, out var divisor) && divisor.IsPositive) =>
                "is no number above 0",
            KeywordShape.Flag when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) =>
                "is neither true nor false",
            KeywordShape.Type when !AreTypes(value) => $"is none of {string.Join(", ", Types)}, nor a list of them",
            KeywordShape.List when value.ValueKind != JsonValueKind.Array => "is no list",
            KeywordShape.Names when !AreNames(value) => "is no list of names",
            KeywordShape.NamesMap when !AreNamesMap(value) => "is no object of lists of names",
            KeywordShape.Pattern when value.ValueKind != JsonValueKind.String => "is no text",
            _ => null,
        };

    private static bool IsCount(JsonElement value) =>
        IsNumber(value, out var count)
        && count.IsInteger
        && count.CompareTo(default) >= 0
        && value.TryGetDouble(out var many)
        && many <= int.MaxValue;

    private static bool IsNumber(JsonElement value, out ExactNumber number)
    {
        number = default;
        return value.ValueKind == JsonValueKind.Number && ExactNumber.TryParse(value.GetRawText(), out number);
    }

    private static bool AreTypes(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? value.GetArrayLength() > 0 && value.EnumerateArray().All(IsType)
            : IsType(value);

    private static bool IsType(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Types.Contains(value.GetString(), StringComparer.Ordinal);

    private static bool AreNames(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String);

    private static bool AreNamesMap(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member => AreNames(member.Value));
}
