using System.Text.Json;

namespace AliveMcp.Contracts.Changes;

/// <summary>
/// Compares what a tool promises about itself. A hint that is not given has the specification's default, which is the worst case
/// (not read-only, destructive, not idempotent, open world), so that a dropped promise counts like a broken one.
/// </summary>
internal sealed class AnnotationComparison(ChangeList changes)
{
    private static readonly Dictionary<string, Hint> Hints = new(StringComparer.Ordinal)
    {
        ["readOnlyHint"] = new(true, "read_only_lost", "no longer promises to change nothing"),
        ["destructiveHint"] = new(false, "destructive_raised", "may now destroy what is there"),
        ["idempotentHint"] = new(true, "idempotent_lost", "no longer promises that a repeated call does nothing more"),
        ["openWorldHint"] = new(false, "open_world_raised", "may now reach beyond its own world"),
    };

    public void Compare(Place at, JsonPiece? before, JsonPiece? after)
    {
        if (before is { IsObject: false } || after is { IsObject: false })
        {
            changes.Add(ChangeClass.Breaking, "not_comparable", at, "The annotations are no object.", before, after);
            return;
        }

        var count = changes.Count;
        foreach (var (key, old, now) in MemberPairs.Differing(before, after))
        {
            if (key == "title")
            {
                changes.Add(ChangeClass.Text, "title_changed", at / key, "The tool's title changed.", old, now);
            }
            else if (Hints.TryGetValue(key, out var hint))
            {
                CompareHint(at / key, hint, old, now);
            }
            else
            {
                changes.Add(
                    ChangeClass.Breaking,
                    "not_comparable",
                    at / key,
                    $"The annotation {ChangeList.Quoted(key)} changed.",
                    old,
                    now
                );
            }
        }

        if (changes.Count == count)
        {
            changes.Add(
                ChangeClass.Text,
                "annotation_restated",
                at,
                "Annotations without content came or went.",
                before,
                after
            );
        }
    }

    private void CompareHint(Place at, Hint hint, JsonPiece? old, JsonPiece? now)
    {
        var (promised, promises) = (Promises(old, hint), Promises(now, hint));
        // An explicit "destructive" is new even where its absence meant the same: nobody had said so before.
        if ((promised && !promises) || (at.Name == "destructiveHint" && old is null && now is { IsTrue: true }))
        {
            changes.Add(ChangeClass.Security, hint.Code, at, $"The tool {hint.Lost}.", old, now);
        }
        else if (IsOdd(old) || IsOdd(now))
        {
            changes.Add(ChangeClass.Breaking, "not_comparable", at, "A hint is neither true nor false.", old, now);
        }
        else if (promised == promises)
        {
            changes.Add(
                ChangeClass.Text,
                "annotation_restated",
                at,
                "A hint is said or left out where that means the same.",
                old,
                now
            );
        }
        else
        {
            changes.Add(
                ChangeClass.Additive,
                "annotation_changed",
                at,
                "The tool promises more about itself.",
                old,
                now
            );
        }
    }

    private static bool Promises(JsonPiece? value, Hint hint) =>
        hint.Promise ? value is { IsTrue: true } : value is { IsFalse: true };

    private static bool IsOdd(JsonPiece? value) =>
        value is not (null or { Kind: JsonTokenType.True or JsonTokenType.False });

    /// <summary>One hint: which value is the promise, and how its loss is told.</summary>
    private sealed record Hint(bool Promise, string Code, string Lost);
}
