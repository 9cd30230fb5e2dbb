namespace AliveMcp.Contracts.Changes;

/// <summary>Compares two lists: which tools came, went or were renamed, and what changed in those that stayed.</summary>
internal sealed class ListComparison(ChangeList changes, VersionFields ignored)
{
    public void Compare(JsonPiece before, JsonPiece after)
    {
        if (before["tools"] is not { IsArray: true } old || after["tools"] is not { IsArray: true } now)
        {
            changes.Add(
                ChangeClass.Breaking,
                "not_comparable",
                Place.Tool,
                "One of the two is no tool list.",
                before,
                after
            );
            return;
        }

        CompareTools(old.Items, now.Items);
        changes.Tool = null;
        CompareRest(before, after);
        // Equal tools in another order: canonical lists never differ by that, others may.
        if (changes.Count == 0 && ReferenceEquals(ignored, VersionFields.None))
        {
            changes.Add(ChangeClass.Text, "order_changed", Place.Tool, "The same list is written in another way.");
        }
    }

    private void CompareTools(IReadOnlyList<JsonPiece> before, IReadOnlyList<JsonPiece> after)
    {
        var pairs = new ToolPairs(before, after);
        var tools = new ToolComparison(changes, ignored);
        foreach (var (old, now) in pairs.Same)
        {
            changes.Tool = now.TextOf("name");
            tools.Compare(old, now);
        }

        foreach (var (old, now) in pairs.Renamed)
        {
            changes.Tool = now.TextOf("name");
            changes.Add(
                ChangeClass.Breaking,
                "tool_renamed",
                Place.Tool,
                $"The tool {ChangeList.Quoted(old.TextOf("name")!)} is now called {ChangeList.Quoted(changes.Tool!)}.",
                old["name"],
                now["name"]
            );
            tools.Compare(old, now);
        }

        foreach (var tool in pairs.Removed)
        {
            Add(tool, ChangeClass.Breaking, "tool_removed", "is gone", before: true);
        }

        foreach (var tool in pairs.Added)
        {
            Add(tool, ChangeClass.Additive, "tool_added", "is new", before: false);
        }
    }

    private void Add(JsonPiece tool, ChangeClass @class, string code, string what, bool before)
    {
        changes.Tool = tool.TextOf("name");
        var (old, now) = before ? (tool, (JsonPiece?)null) : (null, tool);
        if (changes.Tool is null)
        {
            changes.Add(
                ChangeClass.Breaking,
                "not_comparable",
                Place.Tool,
                $"An entry without a name {what}.",
                old,
                now
            );
            return;
        }

        changes.Add(@class, code, Place.Tool, $"The tool {ChangeList.Quoted(changes.Tool)} {what}.", old, now);
    }

    /// <summary>What is listed besides the tools.</summary>
    private void CompareRest(JsonPiece before, JsonPiece after)
    {
        foreach (var (key, old, now) in MemberPairs.Differing(before, after).Where(pair => pair.Key != "tools"))
        {
            var (@class, code) = key switch
            {
                "instructions" => (ChangeClass.Text, "instructions_changed"),
                "serverInfo" => (ChangeClass.Text, "server_info_changed"),
                _ => (ChangeClass.Breaking, "not_comparable"),
            };
            changes.Add(@class, code, Place.Tool / key, $"The list's {ChangeList.Quoted(key)} changed.", old, now);
        }
    }
}
