namespace AliveMcp.Contracts.Changes;

/// <summary>
/// The parameters of one object: which came, went, were renamed, must now be given or need no longer be. In what a tool returns they are
/// fields, and the same change means the opposite.
/// </summary>
internal sealed class ParameterComparison(SchemaComparison to, Place at)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public required JsonPiece Before { get; init; }

    public required JsonPiece After { get; init; }

    public required HashSet<string> RequiredBefore { get; init; }

    public required HashSet<string> RequiredAfter { get; init; }

    /// <summary>Whether no other than the named ones could be there before.</summary>
    public required bool WasClosed { get; init; }

    private bool IsInput => to.Direction == Direction.Input;

    public void Compare()
    {
        var (removed, added) = (new List<JsonPiece.Member>(), new List<JsonPiece.Member>());
        foreach (var (name, old, now) in MemberPairs.Of(Before, After))
        {
            if (old is null)
            {
                added.Add(new JsonPiece.Member(name, now!));
            }
            else if (now is null)
            {
                removed.Add(new JsonPiece.Member(name, old));
            }
            else
            {
                to.Compare(at / "properties" / name, old, now);
            }
        }

        PairBy(parameter => Convert.ToBase64String(parameter.Value.Raw.Span), removed, added);
        PairBy(parameter => Renames.WithoutTexts(parameter.Value), removed, added);
        removed.ForEach(TellRemoved);
        added.ForEach(TellAdded);
        TellNeed(RequiredAfter.Except(RequiredBefore, StringComparer.Ordinal), isNow: true);
        TellNeed(RequiredBefore.Except(RequiredAfter, StringComparer.Ordinal), isNow: false);
    }

    /// <summary>One that went and one that came, alike, and no other like them: the same under a new name.</summary>
    private void PairBy(
        Func<JsonPiece.Member, string?> signature,
        List<JsonPiece.Member> removed,
        List<JsonPiece.Member> added
    )
    {
        if (removed.Count == 0 || added.Count == 0)
        {
            return;
        }

        var gone = removed.ToLookup(signature, StringComparer.Ordinal);
        foreach (
            var group in added
                .ToLookup(signature, StringComparer.Ordinal)
                .Where(group => group.Key is not null)
                .ToList()
        )
        {
            if (gone[group.Key].Take(2).ToList() is [var old] && group.Take(2).ToList() is [var now])
            {
                TellRenamed(old, now);
            }
        }

        removed.RemoveAll(parameter => _told.Contains(parameter.Key));
        added.RemoveAll(parameter => _told.Contains(parameter.Key));
    }

    private void TellRenamed(JsonPiece.Member old, JsonPiece.Member now)
    {
        var place = at / "properties" / now.Key;
        var detail = $"{Called(old.Key)} is now called {ChangeList.Quoted(now.Key)}.";
        to.Renamed(Code("renamed"), place, detail, old.Key, now.Key);
        to.Compare(place, old.Value, now.Value);
        if (RequiredBefore.Contains(old.Key) != RequiredAfter.Contains(now.Key))
        {
            TellNeed([now.Key], RequiredAfter.Contains(now.Key));
        }

        _told.Add(old.Key);
        _told.Add(now.Key);
    }

    private void TellRemoved(JsonPiece.Member gone)
    {
        to.Add(
            ChangeClass.Breaking,
            Code("removed"),
            at / "properties" / gone.Key,
            $"{Called(gone.Key)} is gone.",
            gone.Value,
            null
        );
        _told.Add(gone.Key);
    }

    private void TellAdded(JsonPiece.Member came)
    {
        var required = RequiredAfter.Contains(came.Key);
        var (@class, code, detail) = (IsInput, required) switch
        {
            (true, true) => (ChangeClass.Breaking, "added_required", "is new and must be given"),
            (true, false) => (ChangeClass.Additive, "added", "is new and may be left out"),
            // Who checks results against the old schema refuses a field that it does not allow.
            _ => (WasClosed ? ChangeClass.Breaking : ChangeClass.Additive, "added", "is new"),
        };
        to.Add(@class, Code(code), at / "properties" / came.Key, $"{Called(came.Key)} {detail}.", null, came.Value);
        _told.Add(came.Key);
    }

    private void TellNeed(IEnumerable<string> names, bool isNow)
    {
        foreach (var name in names.Where(name => !_told.Contains(name)))
        {
            var known = After[name] is null ? at / "required" : at / "properties" / name;
            var @class = Shifts.Class(isNow ? Shift.Narrowed : Shift.Widened, to.Direction);
            var what = isNow ? "must now be there" : "may now be missing";
            to.Add(@class, Code(isNow ? "now_required" : "now_optional"), known, $"{Called(name)} {what}.", null, null);
        }
    }

    private string Code(string what) => IsInput ? $"parameter_{what}" : $"output_field_{what}";

    private string Called(string name) => $"The {(IsInput ? "parameter" : "field")} {ChangeList.Quoted(name)}";
}
