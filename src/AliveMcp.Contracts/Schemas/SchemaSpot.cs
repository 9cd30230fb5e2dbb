using System.Globalization;
using System.Text.Json;

namespace AliveMcp.Contracts.Schemas;

/// <summary>A value, the schema that it is held against, and where it stands.</summary>
internal readonly record struct SchemaSpot(JsonElement Schema, JsonElement Value, ValuePlace? Place)
{
    private const int MostShown = 60;

    public SchemaSpot At(JsonElement schema, JsonElement value, string name) =>
        new(schema, value, new ValuePlace(Place, name, 0));

    public SchemaSpot At(JsonElement schema, JsonElement value, int index) =>
        new(schema, value, new ValuePlace(Place, null, index));

    public SchemaSpot Under(JsonElement schema) => this with { Schema = schema };

    public SchemaFault Fault(string expected) => Fault(expected, Shown(Value));

    public SchemaFault Fault(string expected, string actual) => new(ValuePlace.Pointer(Place), expected, actual);

    /// <summary>JSON for showing it: the beginning of it.</summary>
    public static string Shown(JsonElement value)
    {
        var raw = value.GetRawText();
        return raw.Length <= MostShown ? raw : raw[..MostShown] + "…";
    }
}

/// <summary>One step from the root of a value; the text of the whole way is made only where a fault needs it.</summary>
internal sealed record ValuePlace(ValuePlace? Parent, string? Name, int Index)
{
    // A pointer is shown to people, within one sentence.
    private const int Longest = 120;

    public static string Pointer(ValuePlace? place)
    {
        var steps = new Stack<string>();
        for (var at = place; at is not null; at = at.Parent)
        {
            steps.Push(at.Name is { } name ? Escape(name) : at.Index.ToString(CultureInfo.InvariantCulture));
        }

        var text = string.Concat(steps.Select(step => "/" + step));
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
