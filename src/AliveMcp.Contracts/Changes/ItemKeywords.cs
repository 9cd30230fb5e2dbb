namespace AliveMcp.Contracts.Changes;

/// <summary>What the entries of an array may be.</summary>
internal static class ItemKeywords
{
    public static void Compare(SchemaComparison to, Place at, JsonPiece before, JsonPiece after)
    {
        var (old, now) = (Shape.Of(before), Shape.Of(after));
        if (old is null || now is null)
        {
            to.NotComparable(at / "items", before["items"], after["items"]);
            return;
        }

        var found = to.Found;
        for (var index = 0; index < Math.Max(old.First.Count, now.First.Count); index++)
        {
            var word = index < now.First.Count ? now.FirstWord : old.FirstWord;
            to.Compare(at / word / index, old.At(index), now.At(index));
        }

        to.Compare(at / now.RestWord, old.Rest, now.Rest);
        if (to.Found == found)
        {
            TellRestated(to, at, before, after);
        }
    }

    public static void CompareContains(SchemaComparison to, Place at, JsonPiece before, JsonPiece after)
    {
        var (was, next) = (before["contains"], after["contains"]);
        if (was is null || next is null)
        {
            if (was is not null || next is not null)
            {
                to.Shifted(at / "contains", "constraint", was is null ? Shift.Narrowed : Shift.Widened, was, next);
            }
        }
        else if (before["maxContains"] is null && after["maxContains"] is null)
        {
            to.Compare(at / "contains", was, next);
        }
        else
        {
            // With an upper end a wider schema lets less pass.
            to.CompareOpaque(at / "contains", was, next);
        }

        CompareCount(to, at / "minContains", before["minContains"], after["minContains"], isUpper: false);
        CompareCount(to, at / "maxContains", before["maxContains"], after["maxContains"], isUpper: true);
    }

    private static void CompareCount(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next, bool isUpper)
    {
        if (was is null ? next is not null : next is null || !was.SameBytes(next))
        {
            BoundKeywords.CompareCount(to, at, was, next, isUpper, least: 1);
        }
    }

    private static void TellRestated(SchemaComparison to, Place at, JsonPiece before, JsonPiece after)
    {
        foreach (var (key, old, now) in MemberPairs.Differing(before, after))
        {
            if (key is "items" or "prefixItems" or "additionalItems")
            {
                to.Restated(at / key, false, old, now);
            }
        }
    }

    /// <summary>The first entries, each with its own schema, and the schema of the rest; drafts up to 7 spell it with other words.</summary>
    private sealed record Shape(string FirstWord, IReadOnlyList<JsonPiece> First, string RestWord, JsonPiece Rest)
    {
        public JsonPiece At(int index) => index < First.Count ? First[index] : Rest;

        public static Shape? Of(JsonPiece schema)
        {
            var (items, prefix) = (schema["items"], schema["prefixItems"]);
            if (items is { IsArray: true })
            {
                return prefix is null
                    ? new Shape(
                        "items",
                        items.Items,
                        "additionalItems",
                        schema["additionalItems"] ?? JsonPiece.EmptyObject
                    )
                    : null;
            }

            // Without an array in "items", "additionalItems" means nothing.
            return prefix is { IsArray: false }
                ? null
                : new Shape("prefixItems", prefix?.Items ?? [], "items", items ?? JsonPiece.EmptyObject);
        }
    }
}
