namespace AliveMcp.Contracts.Changes;

/// <summary>
/// Compares two versions of one JSON Schema: does the new one let less pass, more, or neither? It goes keyword by keyword, which is exact
/// for the keywords it knows, because a schema is the conjunction of its keywords; whatever it cannot decide is <c>not_comparable</c> where it stands.
/// Local references are followed on both sides, each pair of places once, so that recursive schemas end.
/// </summary>
internal sealed class SchemaComparison
{
    /// <summary>References within references; what lies deeper waits until the way there is finished, so that no chain exhausts the stack.</summary>
    private const int MaxDepth = 64;

    private readonly ChangeList _changes;
    private readonly SchemaRoot _before;
    private readonly SchemaRoot _after;
    private readonly HashSet<(JsonPiece, JsonPiece)> _seen = [];
    private readonly Queue<(Place, JsonPiece, JsonPiece)> _waiting = new();
    private readonly List<(Place, JsonPiece?, JsonPiece?)> _definitions = [];
    private readonly int _startDepth;
    private int _depth;

    private SchemaComparison(ChangeList changes, SchemaRoot before, SchemaRoot after, int depth)
    {
        (_changes, _before, _after) = (changes, before, after);
        (_startDepth, _depth) = (depth, depth);
    }

    /// <summary>Who writes the values.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Keywords that are left out because only one of the two protocol versions knows them.</summary>
    public required VersionFields Ignored { get; init; }

    /// <summary>How many changes there are; a keyword sees by it whether anything was found below.</summary>
    public int Found => _changes.Count;

    /// <summary>Compares two schemas that differ, with all that hangs on them.</summary>
    public static void Compare(
        ChangeList changes,
        Place at,
        JsonPiece before,
        JsonPiece after,
        Direction direction,
        VersionFields ignored
    )
    {
        var found = changes.Count;
        var comparison = new SchemaComparison(changes, new SchemaRoot(at, before), new SchemaRoot(at, after), 0)
        {
            Direction = direction,
            Ignored = ignored,
        };
        comparison.Compare(at, before, after);
        comparison.Finish();
        if (changes.Count == found && ReferenceEquals(ignored, VersionFields.None))
        {
            // They differ, and no rule saw where: never say "nothing changed" then.
            comparison.NotComparable(at, before, after);
        }
    }

    /// <summary>Compares two schemas at one place.</summary>
    public void Compare(Place at, JsonPiece before, JsonPiece after)
    {
        if (
            (before.SameBytes(after) && !before.HasRef)
            || !_changes.Spend(1 + before.Members.Count + after.Members.Count)
            || !_seen.Add((before, after))
        )
        {
            return;
        }

        if (_depth - _startDepth >= MaxDepth)
        {
            _waiting.Enqueue((at, before, after));
            return;
        }

        _depth++;
        CompareResolved(at, before, after);
        _depth--;
    }

    /// <summary>
    /// Compares two schemas below a keyword that turns or mixes what they say (<c>oneOf</c>, <c>not</c>, <c>if</c>):
    /// texts are told as they are, all else is not comparable.
    /// </summary>
    public void CompareOpaque(Place at, JsonPiece before, JsonPiece after)
    {
        if (before.SameBytes(after) && !before.HasRef)
        {
            return;
        }

        if (_depth >= 4 * MaxDepth)
        {
            NotComparable(at, before, after);
            return;
        }

        var found = _changes.Count;
        var inner = new SchemaComparison(_changes, _before, _after, _depth + 1)
        {
            Direction = Direction,
            Ignored = Ignored,
        };
        inner.Compare(at, before, after);
        inner.Drain();
        _definitions.AddRange(inner._definitions);
        var below = _changes.TakeSince(found);
        _changes.AddAll(below.Where(change => change.Class == ChangeClass.Text));
        if (below.Any(change => change.Class != ChangeClass.Text))
        {
            NotComparable(at, before, after);
        }
    }

    /// <summary>Tells of a shift of one keyword.</summary>
    /// <param name="stem">The code without its last word: <c>type</c>, <c>enum</c>, <c>constraint</c>.</param>
    public void Shifted(Place at, string stem, Shift shift, JsonPiece? before, JsonPiece? after)
    {
        var what = Direction == Direction.Input ? "accepted" : "returned";
        var detail = shift switch
        {
            Shift.Narrowed => $"Less is {what}: {ChangeList.Quoted(at.Name)} {Verb(before, after)}.",
            Shift.Widened => $"More is {what}: {ChangeList.Quoted(at.Name)} {Verb(before, after)}.",
            _ => $"Other values are {what}: {ChangeList.Quoted(at.Name)} {Verb(before, after)}.",
        };
        _changes.Add(Shifts.Class(shift, Direction), $"{stem}_{Shifts.Word(shift)}", at, detail, before, after);
    }

    public void NotComparable(Place at, JsonPiece? before, JsonPiece? after) =>
        Add(
            ChangeClass.Breaking,
            "not_comparable",
            at,
            $"What the change of {ChangeList.Quoted(at.Name)} means cannot be decided.",
            before,
            after
        );

    /// <summary>The same is said in another way.</summary>
    public void Restated(Place at, bool isOrder, JsonPiece? before, JsonPiece? after) =>
        Add(
            ChangeClass.Text,
            isOrder ? "order_changed" : "respelled",
            at,
            isOrder ? "Only the order changed." : "The same is said in another way.",
            before,
            after
        );

    public void Add(ChangeClass @class, string code, Place at, string detail, JsonPiece? before, JsonPiece? after) =>
        _changes.Add(@class, code, at, detail, before, after);

    /// <summary>Tells of a name that became another.</summary>
    public void Renamed(string code, Place at, string detail, string before, string after) =>
        _changes.Add(ChangeClass.Breaking, code, at, detail, ChangeList.Quoted(before), ChangeList.Quoted(after));

    /// <summary>Definitions are compared where they are used; what is left of them is told at the end.</summary>
    public void Defer(Place at, JsonPiece? before, JsonPiece? after) => _definitions.Add((at, before, after));

    /// <summary>Whether both schemas mean the same under every dialect of JSON Schema.</summary>
    public bool IsDialectFree => _before.IsDialectFree && _after.IsDialectFree;

    public bool HasRefs => _before.Schema.HasRef || _after.Schema.HasRef;

    public static string Verb(JsonPiece? before, JsonPiece? after) =>
        before is null ? "was added"
        : after is null ? "was removed"
        : "changed";

    private void CompareResolved(Place at, JsonPiece before, JsonPiece after)
    {
        var (old, now) = (before.TextOf("$ref"), after.TextOf("$ref"));
        if (!string.Equals(old, now, StringComparison.Ordinal))
        {
            CompareInlined(at, before, after);
            return;
        }

        SchemaKeywords.Compare(this, at, before, after);
        if (old is null)
        {
            return;
        }

        var (was, next) = (_before.Find(old), _after.Find(old));
        if (was is { } left && next is { } right)
        {
            Compare(left.At, left.Schema, right.Schema);
        }
        else if (was is not null || next is not null)
        {
            NotComparable(at / "$ref", before["$ref"], after["$ref"]);
        }
    }

    private void CompareInlined(Place at, JsonPiece before, JsonPiece after)
    {
        if (_before.Inline(before) is not { } old || _after.Inline(after) is not { } now)
        {
            NotComparable(at / "$ref", before["$ref"], after["$ref"]);
            return;
        }

        var found = Found;
        if (IsNew(before, old, after, now))
        {
            SchemaKeywords.Compare(this, at, old, now);
        }

        if (Found == found)
        {
            Restated(at / "$ref", false, before["$ref"], after["$ref"]);
        }
    }

    /// <summary>Whether two targets meet for the first time; those that were made up from several parts always do.</summary>
    private bool IsNew(JsonPiece before, JsonPiece old, JsonPiece after, JsonPiece now)
    {
        var isTarget = !ReferenceEquals(before, old) || !ReferenceEquals(after, now);
        return !isTarget || old.Raw.IsEmpty || now.Raw.IsEmpty || _seen.Add((old, now));
    }

    /// <summary>Pays for work on so many parts; false when there is no more to spend.</summary>
    public bool Spend(int parts) => _changes.Spend(parts);

    private void Drain()
    {
        while (_waiting.TryDequeue(out var next))
        {
            CompareResolved(next.Item1, next.Item2, next.Item3);
        }
    }

    private void Finish()
    {
        Drain();
        foreach (var (at, before, after) in _definitions)
        {
            foreach (var (key, old, now) in MemberPairs.Differing(before, after))
            {
                if (!_before.IsUsed(old) && !_after.IsUsed(now))
                {
                    Unused(at / key, old, now);
                }
            }
        }
    }

    private void Unused(Place at, JsonPiece? before, JsonPiece? after)
    {
        if (_before.HasOddRefs || _after.HasOddRefs)
        {
            NotComparable(at, before, after);
            return;
        }

        Add(
            ChangeClass.Text,
            "definition_changed",
            at,
            $"A definition that nothing else hangs on {Verb(before, after)}.",
            before,
            after
        );
    }
}
