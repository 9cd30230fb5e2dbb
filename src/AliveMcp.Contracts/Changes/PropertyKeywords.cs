namespace AliveMcp.Contracts.Changes;

/// <summary><c>properties</c> with <c>required</c>.</summary>
internal static class PropertyKeywords
{
    public static void Compare(SchemaComparison to, Place at, JsonPiece before, JsonPiece after)
    {
        var (old, now) = (before["properties"], after["properties"]);
        if (old is { IsObject: false } || now is { IsObject: false })
        {
            to.NotComparable(at / "properties", old, now);
            return;
        }

        var found = to.Found;
        var (was, next) = (Required(before), Required(after));
        if ((was is null || next is null) && Differ(before["required"], after["required"]))
        {
            to.NotComparable(at / "required", before["required"], after["required"]);
        }

        var readable = was is not null && next is not null;
        new ParameterComparison(to, at)
        {
            Before = old ?? JsonPiece.EmptyObject,
            After = now ?? JsonPiece.EmptyObject,
            RequiredBefore = readable ? was! : [],
            RequiredAfter = readable ? next! : [],
            WasClosed = before["additionalProperties"] is { IsFalse: true },
        }.Compare();
        if (to.Found == found)
        {
            TellRestated(to, at / "properties", old, now);
            TellRestated(to, at / "required", before["required"], after["required"]);
        }
    }

    private static void TellRestated(SchemaComparison to, Place at, JsonPiece? old, JsonPiece? now)
    {
        if (old is null != now is null || (old is { IsArray: true } && !old.SameBytes(now!)))
        {
            to.Restated(at, old?.Items.Count == now?.Items.Count, old, now);
        }
    }

    private static HashSet<string>? Required(JsonPiece schema) =>
        schema["required"] switch
        {
            null => [],
            { IsArray: true } list when list.Items.All(item => item.IsString) => list
                .Items.Select(item => item.Text)
                .ToHashSet(StringComparer.Ordinal),
            _ => null,
        };

    private static bool Differ(JsonPiece? before, JsonPiece? after) =>
        before is null ? after is not null : after is null || !before.SameBytes(after);
}
