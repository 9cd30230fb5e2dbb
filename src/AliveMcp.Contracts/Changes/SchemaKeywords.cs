namespace AliveMcp.Contracts.Changes;

/// <summary>Compares two schemas keyword by keyword; references were followed before.</summary>
internal static class SchemaKeywords
{
    /// <summary>Keywords that only mean something together are compared once for all of them.</summary>
    [Flags]
    private enum Together
    {
        None = 0,
        Values = 1,
        Lower = 2,
        Upper = 4,
        Properties = 8,
        Items = 16,
        Contains = 32,
    }

    public static void Compare(SchemaComparison to, Place at, JsonPiece before, JsonPiece after)
    {
        var (old, now) = (Plain(before), Plain(after));
        if (old is null || now is null)
        {
            CompareOdd(to, at, before, after);
            return;
        }

        var together = Together.None;
        foreach (var (key, was, next) in MemberPairs.Of(old, now))
        {
            if (was is null || next is null || !was.SameBytes(next) || was.HasRef)
            {
                together |= CompareOne(to, at / key, was, next, old, now);
            }
        }

        CompareTogether(to, at, old, now, together);
    }

    /// <summary>Compares a part that may be missing: a schema that is not there lets everything pass.</summary>
    public static void ComparePart(SchemaComparison to, Place at, JsonPiece? before, JsonPiece? after) =>
        to.Compare(at, before ?? JsonPiece.EmptyObject, after ?? JsonPiece.EmptyObject);

    private static JsonPiece? Plain(JsonPiece schema) =>
        schema.IsTrue ? JsonPiece.EmptyObject
        : schema.IsObject ? schema
        : null;

    private static void CompareOdd(SchemaComparison to, Place at, JsonPiece before, JsonPiece after)
    {
        if (before.IsFalse && Plain(after) is not null)
        {
            to.Shifted(at, "constraint", Shift.Widened, before, after);
        }
        else if (after.IsFalse && Plain(before) is not null)
        {
            to.Shifted(at, "constraint", Shift.Narrowed, before, after);
        }
        else
        {
            to.NotComparable(at, before, after);
        }
    }

    private static Together CompareOne(
        SchemaComparison to,
        Place at,
        JsonPiece? was,
        JsonPiece? next,
        JsonPiece before,
        JsonPiece after
    )
    {
        switch (at.Name)
        {
            case "type" or "enum" or "const":
                return Together.Values;
            case "minimum" or "exclusiveMinimum":
                return Together.Lower;
            case "maximum" or "exclusiveMaximum":
                return Together.Upper;
            case "properties" or "required":
                return Together.Properties;
            case "items" or "prefixItems" or "additionalItems":
                return Together.Items;
            case "contains" or "minContains" or "maxContains":
                return Together.Contains;
            case "$ref":
                return Together.None;
            default:
                CompareAlone(to, at, was, next, before, after);
                return Together.None;
        }
    }

    private static void CompareTogether(
        SchemaComparison to,
        Place at,
        JsonPiece before,
        JsonPiece after,
        Together together
    )
    {
        if (together.HasFlag(Together.Values))
        {
            ValueKeywords.Compare(to, at, before, after);
        }

        if (together.HasFlag(Together.Lower))
        {
            BoundKeywords.CompareLower(to, at, before, after);
        }

        if (together.HasFlag(Together.Upper))
        {
            BoundKeywords.CompareUpper(to, at, before, after);
        }

        if (together.HasFlag(Together.Properties))
        {
            PropertyKeywords.Compare(to, at, before, after);
        }

        if (together.HasFlag(Together.Items))
        {
            ItemKeywords.Compare(to, at, before, after);
        }

        if (together.HasFlag(Together.Contains))
        {
            ItemKeywords.CompareContains(to, at, before, after);
        }
    }

    private static void CompareAlone(
        SchemaComparison to,
        Place at,
        JsonPiece? was,
        JsonPiece? next,
        JsonPiece before,
        JsonPiece after
    )
    {
        switch (at.Name)
        {
            case "minLength" or "minItems" or "minProperties":
                BoundKeywords.CompareCount(to, at, was, next, isUpper: false);
                break;
            case "maxLength" or "maxItems" or "maxProperties":
                BoundKeywords.CompareCount(to, at, was, next, isUpper: true);
                break;
            case "additionalProperties" or "propertyNames" or "unevaluatedProperties" or "unevaluatedItems":
                CompareRest(to, at, was, next);
                break;
            case "allOf" or "anyOf" or "oneOf":
                BranchKeywords.Compare(to, at, was, next);
                break;
            case "not" or "if" or "then" or "else":
                BranchKeywords.CompareTurned(to, at, was, next);
                break;
            case "patternProperties" or "dependentSchemas" or "dependentRequired" or "dependencies":
                MapKeywords.Compare(to, at, was, next, HasOpenRest(before) && HasOpenRest(after));
                break;
            case "$defs" or "definitions":
                to.Defer(at, was, next);
                break;
            default:
                PlainKeywords.Compare(to, at, was, next);
                break;
        }
    }

    private static void CompareRest(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        var found = to.Found;
        ComparePart(to, at, was, next);
        if (to.Found == found && (was is null || next is null || !was.SameBytes(next)))
        {
            to.Restated(at, false, was, next);
        }
    }

    private static bool HasOpenRest(JsonPiece schema) =>
        schema["additionalProperties"] is null or { IsTrue: true }
        && schema["unevaluatedProperties"] is null or { IsTrue: true };
}
