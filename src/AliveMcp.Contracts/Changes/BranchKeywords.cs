namespace AliveMcp.Contracts.Changes;

/// <summary>Schemas made of schemas: <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, and those that turn a schema around.</summary>
internal static class BranchKeywords
{
    /// <summary>
    /// Branches that stayed are set aside first, whatever their order; those that differ are compared in their order. For <c>allOf</c> and
    /// <c>anyOf</c> a narrower branch makes the whole narrower, for <c>oneOf</c> it need not.
    /// </summary>
    public static void Compare(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        if (was is { IsArray: false } || next is { IsArray: false })
        {
            to.NotComparable(at, was, next);
            return;
        }

        if (was is null || next is null)
        {
            to.Shifted(at, "constraint", was is null ? Shift.Narrowed : Shift.Widened, was, next);
            return;
        }

        var found = to.Found;
        var branches = new Branches(to, at, at.Name == "oneOf");
        branches.Compare(was.Items, next.Items);
        if (to.Found == found && !was.SameBytes(next))
        {
            to.Restated(at, was.Items.Count == next.Items.Count, was, next);
        }
    }

    public static void CompareTurned(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        if (was is not null && next is not null)
        {
            to.CompareOpaque(at, was, next);
        }
        else if (at.Name == "not")
        {
            to.Shifted(at, "constraint", was is null ? Shift.Narrowed : Shift.Widened, was, next);
        }
        else
        {
            to.NotComparable(at, was, next);
        }
    }

    /// <summary>The branches of one keyword.</summary>
    private sealed class Branches(SchemaComparison to, Place at, bool isOneOf)
    {
        public void Compare(IReadOnlyList<JsonPiece> before, IReadOnlyList<JsonPiece> after)
        {
            if (!to.Spend(before.Count + after.Count))
            {
                return;
            }

            var (old, now) = SetEqualAside(before, after);
            if (isOneOf && old.Count != now.Count)
            {
                to.NotComparable(at, null, null);
                return;
            }

            for (var nth = 0; nth < Math.Min(old.Count, now.Count); nth++)
            {
                ComparePair(at / now[nth].Index, old[nth].Branch, now[nth].Branch);
            }

            // A further branch is a further condition in "allOf", a further choice in "anyOf".
            var isChoice = at.Name == "anyOf";
            foreach (var (index, branch) in old.Skip(now.Count))
            {
                to.Shifted(at / index, "constraint", isChoice ? Shift.Narrowed : Shift.Widened, branch, null);
            }

            foreach (var (index, branch) in now.Skip(old.Count))
            {
                to.Shifted(at / index, "constraint", isChoice ? Shift.Widened : Shift.Narrowed, null, branch);
            }
        }

        private void ComparePair(Place place, JsonPiece old, JsonPiece now)
        {
            if (isOneOf)
            {
                to.CompareOpaque(place, old, now);
            }
            else
            {
                to.Compare(place, old, now);
            }
        }

        private (List<(int Index, JsonPiece Branch)> Old, List<(int Index, JsonPiece Branch)> Now) SetEqualAside(
            IReadOnlyList<JsonPiece> before,
            IReadOnlyList<JsonPiece> after
        )
        {
            var stayed = new Dictionary<JsonPiece, Queue<int>>(SameBytes.Comparer);
            for (var index = 0; index < before.Count; index++)
            {
                (stayed.TryGetValue(before[index], out var at) ? at : stayed[before[index]] = new()).Enqueue(index);
            }

            var now = new List<(int, JsonPiece)>();
            var gone = new SortedSet<int>(Enumerable.Range(0, before.Count));
            for (var index = 0; index < after.Count; index++)
            {
                if (stayed.TryGetValue(after[index], out var places) && places.TryDequeue(out var place))
                {
                    // The same bytes may still refer to something that changed.
                    ComparePair(at / index, before[place], after[index]);
                    gone.Remove(place);
                }
                else
                {
                    now.Add((index, after[index]));
                }
            }

            return ([.. gone.Select(index => (index, before[index]))], now);
        }
    }
}
