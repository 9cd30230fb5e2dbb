using System.Text.Json;

namespace AliveMcp.Contracts.Changes;

/// <summary>Which kinds of value pass. A number that is no integer is its own kind, so that <c>integer</c> lies within <c>number</c>.</summary>
[Flags]
internal enum Kinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Text = 4,
    Object = 8,
    Array = 16,
    Integer = 32,
    Fraction = 64,
    Any = 127,
}

/// <summary>Reads kinds.</summary>
internal static class KindSets
{
    /// <summary>The kinds that a <c>type</c> keyword names; all without one, null when it cannot be read.</summary>
    public static Kinds? Read(JsonPiece? type)
    {
        if (type is null)
        {
            return Kinds.Any;
        }

        if (type.IsString)
        {
            return Named(type.Text);
        }

        if (!type.IsArray)
        {
            return null;
        }

        Kinds? kinds = Kinds.None;
        foreach (var item in type.Items)
        {
            kinds |= item.IsString ? Named(item.Text) : null;
        }

        return kinds;
    }

    /// <summary>The kind of one value.</summary>
    public static Kinds Of(JsonPiece value) =>
        value.Kind switch
        {
            JsonTokenType.Null => Kinds.Null,
            JsonTokenType.True or JsonTokenType.False => Kinds.Boolean,
            JsonTokenType.String => Kinds.Text,
            JsonTokenType.StartObject => Kinds.Object,
            JsonTokenType.StartArray => Kinds.Array,
            _ => IsWhole(value) ? Kinds.Integer : Kinds.Fraction,
        };

    // What no double can hold is an integer as far as anybody can tell: its digits end before its fraction would.
    private static bool IsWhole(JsonPiece number) =>
        !EcmaNumber.TryRead(number.Raw.Span, out var value) || Math.Truncate(value) == value;

    private static Kinds? Named(string type) =>
        type switch
        {
            "null" => Kinds.Null,
            "boolean" => Kinds.Boolean,
            "string" => Kinds.Text,
            "object" => Kinds.Object,
            "array" => Kinds.Array,
            "integer" => Kinds.Integer,
            "number" => Kinds.Integer | Kinds.Fraction,
            _ => null,
        };
}
