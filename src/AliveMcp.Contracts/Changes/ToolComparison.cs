namespace AliveMcp.Contracts.Changes;

/// <summary>Compares two entries that are one tool.</summary>
internal sealed class ToolComparison(ChangeList changes, VersionFields ignored)
{
    public void Compare(JsonPiece before, JsonPiece after)
    {
        foreach (var (key, old, now) in MemberPairs.Differing(before, after))
        {
            if (key != "name" && !ignored.Ignores(key))
            {
                CompareMember(key, old, now);
            }
        }
    }

    private void CompareMember(string key, JsonPiece? old, JsonPiece? now)
    {
        var at = Place.Tool / key;
        switch (key)
        {
            case "inputSchema":
                CompareInput(at, old, now);
                break;
            case "outputSchema":
                CompareOutput(at, old, now);
                break;
            case "annotations":
                new AnnotationComparison(changes).Compare(at, old, now);
                break;
            case "execution":
                CompareExecution(at, old, now);
                break;
            default:
                changes.Add(
                    ChangeClass.Text,
                    TextCode(key),
                    at,
                    $"The tool's {ChangeList.Quoted(key)} {Verb(old, now)}.",
                    old,
                    now
                );
                break;
        }
    }

    private static string TextCode(string key) =>
        key switch
        {
            "title" => "title_changed",
            "description" => "description_changed",
            "icons" => "icons_changed",
            "_meta" => "meta_changed",
            _ => "member_changed",
        };

    private void CompareInput(Place at, JsonPiece? old, JsonPiece? now)
    {
        if (old is null || now is null)
        {
            changes.Add(ChangeClass.Breaking, "not_comparable", at, $"The input schema {Verb(old, now)}.", old, now);
            return;
        }

        SchemaComparison.Compare(changes, at, old, now, Direction.Input, ignored);
    }

    private void CompareOutput(Place at, JsonPiece? old, JsonPiece? now)
    {
        if (old is null)
        {
            changes.Add(
                ChangeClass.Additive,
                "output_schema_added",
                at,
                "The tool now says what its results look like.",
                old,
                now
            );
        }
        else if (now is null)
        {
            changes.Add(
                ChangeClass.Breaking,
                "output_schema_removed",
                at,
                "The tool no longer says what its results look like.",
                old,
                now
            );
        }
        else
        {
            SchemaComparison.Compare(changes, at, old, now, Direction.Output, ignored);
        }
    }

    /// <summary>Whether a call must, may or must not be a task. Without a word it must not.</summary>
    private void CompareExecution(Place at, JsonPiece? old, JsonPiece? now)
    {
        var (was, now2) = (old?.TextOf("taskSupport") ?? "forbidden", now?.TextOf("taskSupport") ?? "forbidden");
        var @class = (was, now2) switch
        {
            _ when was == now2 => ChangeClass.Text,
            (_, "optional") => ChangeClass.Additive,
            _ => ChangeClass.Breaking,
        };
        changes.Add(@class, "execution_changed", at, $"How the tool is run {Verb(old, now)}.", old, now);
    }

    private static string Verb(JsonPiece? old, JsonPiece? now) =>
        old is null ? "was added"
        : now is null ? "was removed"
        : "changed";
}
