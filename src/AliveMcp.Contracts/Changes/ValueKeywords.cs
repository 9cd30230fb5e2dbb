namespace AliveMcp.Contracts.Changes;

/// <summary><c>type</c>, <c>enum</c> and <c>const</c>: which kinds of value pass, and which very values.</summary>
internal static class ValueKeywords
{
    public static void Compare(SchemaComparison to, Place at, JsonPiece before, JsonPiece after)
    {
        if (before["enum"] is { IsArray: false } || after["enum"] is { IsArray: false })
        {
            to.NotComparable(at / "enum", before["enum"], after["enum"]);
            return;
        }

        var (old, now) = (Allowed(before), Allowed(after));
        if (Differ(before["type"], after["type"]))
        {
            CompareTypes(to, at / "type", (before["type"], after["type"]), KindsOf(old), KindsOf(now));
        }

        var key = Differ(before["enum"], after["enum"]) ? "enum" : "const";
        if (Differ(before[key], after[key]))
        {
            CompareValues(to, at / key, (before[key], after[key]), old, now);
        }
    }

    private static void CompareTypes(
        SchemaComparison to,
        Place at,
        (JsonPiece? Before, JsonPiece? After) type,
        Kinds valuesBefore,
        Kinds valuesAfter
    )
    {
        if (KindSets.Read(type.Before) is not { } old || KindSets.Read(type.After) is not { } now)
        {
            to.NotComparable(at, type.Before, type.After);
            return;
        }

        // A type says nothing that the values of an enum beside it do not say already.
        (old, now) = (old & valuesBefore, now & valuesAfter);
        if (old == now)
        {
            var isOrder = type is { Before.IsArray: true, After.IsArray: true };
            to.Restated(at, isOrder, type.Before, type.After);
            return;
        }

        var shift =
            (old & now) == now ? Shift.Narrowed
            : (old & now) == old ? Shift.Widened
            : Shift.Changed;
        to.Shifted(at, "type", shift, type.Before, type.After);
    }

    private static void CompareValues(
        SchemaComparison to,
        Place at,
        (JsonPiece? Before, JsonPiece? After) keyword,
        HashSet<JsonPiece>? old,
        HashSet<JsonPiece>? now
    )
    {
        var narrower = now is not null && (old is null || now.IsSubsetOf(old));
        var wider = old is not null && (now is null || old.IsSubsetOf(now));
        if (narrower && wider)
        {
            var isOrder = keyword is { Before.Items.Count: var left, After.Items.Count: var right } && left == right;
            to.Restated(at, isOrder, keyword.Before, keyword.After);
            return;
        }

        var shift =
            narrower ? Shift.Narrowed
            : wider ? Shift.Widened
            : Shift.Changed;
        to.Shifted(at, "enum", shift, keyword.Before, keyword.After);
    }

    /// <summary>The values that <c>enum</c> and <c>const</c> let pass together; null when they let all pass.</summary>
    private static HashSet<JsonPiece>? Allowed(JsonPiece schema)
    {
        var (some, one) = (schema["enum"], schema["const"]);
        var allowed = some is null ? null : new HashSet<JsonPiece>(some.Items, SameBytes.Comparer);
        if (one is null)
        {
            return allowed;
        }

        allowed ??= new HashSet<JsonPiece>(SameBytes.Comparer) { one };
        allowed.IntersectWith([one]);
        return allowed;
    }

    private static Kinds KindsOf(HashSet<JsonPiece>? values) =>
        values is null ? Kinds.Any : values.Aggregate(Kinds.None, (kinds, value) => kinds | KindSets.Of(value));

    private static bool Differ(JsonPiece? before, JsonPiece? after) =>
        before is null ? after is not null : after is null || !before.SameBytes(after);
}
