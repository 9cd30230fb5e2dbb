namespace AliveMcp.Contracts.Changes;

/// <summary>Keywords that hold a condition for each of several names.</summary>
internal static class MapKeywords
{
    /// <param name="to">Whose keyword it is.</param>
    /// <param name="at">Where the keyword stands.</param>
    /// <param name="was">Its value before.</param>
    /// <param name="next">Its value now.</param>
    /// <param name="hasOpenRest">Whether what no name covers passes anyhow, so that another pattern is only another condition.</param>
    public static void Compare(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next, bool hasOpenRest)
    {
        if (was is { IsObject: false } || next is { IsObject: false })
        {
            to.NotComparable(at, was, next);
            return;
        }

        var found = to.Found;
        foreach (var (name, old, now) in MemberPairs.Of(was, next))
        {
            if (at.Name == "patternProperties" && !hasOpenRest && (old is null || now is null))
            {
                to.NotComparable(at / name, old, now);
            }
            else if (IsNames(old) || IsNames(now))
            {
                CompareNames(to, at / name, old, now);
            }
            else
            {
                CompareSchemas(to, at / name, old, now);
            }
        }

        if (to.Found == found && (was is null || next is null))
        {
            to.Restated(at, false, was, next);
        }
    }

    private static bool IsNames(JsonPiece? value) => value is { IsArray: true };

    private static void CompareSchemas(SchemaComparison to, Place at, JsonPiece? old, JsonPiece? now)
    {
        if (old is null || now is null)
        {
            to.Shifted(at, "constraint", old is null ? Shift.Narrowed : Shift.Widened, old, now);
        }
        else
        {
            to.Compare(at, old, now);
        }
    }

    /// <summary>Names that must be there when this one is.</summary>
    private static void CompareNames(SchemaComparison to, Place at, JsonPiece? old, JsonPiece? now)
    {
        if (old is { IsArray: false } || now is { IsArray: false })
        {
            to.NotComparable(at, old, now);
            return;
        }

        if (old is not null && now is not null && old.SameBytes(now))
        {
            return;
        }

        var was = new HashSet<JsonPiece>(old?.Items ?? [], SameBytes.Comparer);
        var next = new HashSet<JsonPiece>(now?.Items ?? [], SameBytes.Comparer);
        if (was.SetEquals(next))
        {
            to.Restated(at, old?.Items.Count == now?.Items.Count, old, now);
            return;
        }

        var shift =
            was.IsSubsetOf(next) ? Shift.Narrowed
            : next.IsSubsetOf(was) ? Shift.Widened
            : Shift.Changed;
        to.Shifted(at, "constraint", shift, old, now);
    }
}
