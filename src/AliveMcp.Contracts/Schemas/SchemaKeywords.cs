using System.Collections.Frozen;

namespace AliveMcp.Contracts.Schemas;

/// <summary>What the value of a keyword must be.</summary>
internal enum KeywordShape : byte
{
    /// <summary>An annotation: anything, and it says nothing about a value.</summary>
    Free,
    Schema,
    SchemaList,
    SchemaMap,
    Count,
    Number,
    Divisor,
    Type,
    Flag,
    Pattern,
    List,
    Names,
    NamesMap,
    Reference,
    Anchor,
    Dialect,

    /// <summary>At the root alone.</summary>
    Identity,

    /// <summary>Says something about a value that we cannot check.</summary>
    Refused,
}

/// <summary>The keywords of draft 2020-12.</summary>
internal static class SchemaKeywords
{
    public static FrozenDictionary<string, KeywordShape> Shapes { get; } =
        new (KeywordShape Shape, string Names)[]
        {
            (KeywordShape.Schema, "additionalProperties propertyNames items contains not if then else"),
            (KeywordShape.SchemaList, "allOf anyOf oneOf prefixItems"),
            (KeywordShape.SchemaMap, "properties patternProperties dependentSchemas $defs definitions"),
            (
                KeywordShape.Count,
                "minProperties maxProperties minItems maxItems minContains maxContains minLength maxLength"
            ),
            (KeywordShape.Number, "minimum maximum exclusiveMinimum exclusiveMaximum"),
            (KeywordShape.Divisor, "multipleOf"),
            (KeywordShape.Type, "type"),
            (KeywordShape.Flag, "uniqueItems"),
            (KeywordShape.Pattern, "pattern"),
            (KeywordShape.List, "enum"),
            (KeywordShape.Names, "required"),
            (KeywordShape.NamesMap, "dependentRequired"),
            (KeywordShape.Reference, "$ref"),
            (KeywordShape.Anchor, "$anchor"),
            (KeywordShape.Dialect, "$schema"),
            (KeywordShape.Identity, "$id"),
            (
                KeywordShape.Refused,
                "$dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary unevaluatedProperties unevaluatedItems dependencies additionalItems"
            ),
            (
                KeywordShape.Free,
                "const title description default examples deprecated readOnly writeOnly $comment format contentEncoding contentMediaType contentSchema"
            ),
        }
            .SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Shape)))
            .ToFrozenDictionary(row => row.name, row => row.Shape, StringComparer.Ordinal);
}
