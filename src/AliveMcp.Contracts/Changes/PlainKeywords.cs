using System.Globalization;
using System.Text;

namespace AliveMcp.Contracts.Changes;

/// <summary>Keywords that hold one plain value and mean something alone; and every keyword that nothing is known about.</summary>
internal static class PlainKeywords
{
    public static void Compare(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        switch (at.Name)
        {
            case "title" or "description" or "examples" or "$comment" or "deprecated":
                Text(to, at, was, next);
                break;
            case "default":
                Default(to, at, was, next);
                break;
            case "multipleOf":
                MultipleOf(to, at, was, next);
                break;
            case "uniqueItems":
                UniqueItems(to, at, was, next);
                break;
            case "pattern" or "format" or "contentEncoding" or "contentMediaType":
                Opaque(to, at, was, next);
                break;
            case VersionFields.Header:
                Header(to, at, was, next);
                break;
            case "$schema":
                Decided(
                    to,
                    at,
                    "dialect_changed",
                    "Both schemas mean the same in either dialect.",
                    to.IsDialectFree,
                    was,
                    next
                );
                break;
            case "$id" or "id" or "$anchor" or "$dynamicAnchor":
                Decided(to, at, "identifier_changed", "Nothing refers to it.", !to.HasRefs, was, next);
                break;
            default:
                to.NotComparable(at, was, next);
                break;
        }
    }

    private static void Text(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        var code = at.Name == "$comment" ? "comment_changed" : $"{at.Name}_changed";
        to.Add(
            ChangeClass.Text,
            code,
            at,
            $"The {at.Name.TrimStart('$')} {SchemaComparison.Verb(was, next)}.",
            was,
            next
        );
    }

    /// <summary>A call that leaves a parameter out means something else when its default does.</summary>
    private static void Default(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        var @class =
            to.Direction == Direction.Output ? ChangeClass.Text
            : was is null ? ChangeClass.Additive
            : ChangeClass.Breaking;
        to.Add(@class, "default_changed", at, $"The default {SchemaComparison.Verb(was, next)}.", was, next);
    }

    /// <summary>Clients that know the old list send other headers than the server now expects.</summary>
    private static void Header(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        if (!to.Ignored.Ignores(VersionFields.Header))
        {
            var verb = SchemaComparison.Verb(was, next);
            to.Add(
                ChangeClass.Breaking,
                "header_changed",
                at,
                $"The header that mirrors this argument {verb}.",
                was,
                next
            );
        }
    }

    private static void Decided(
        SchemaComparison to,
        Place at,
        string code,
        string detail,
        bool isText,
        JsonPiece? was,
        JsonPiece? next
    )
    {
        if (isText)
        {
            to.Add(ChangeClass.Text, code, at, detail, was, next);
        }
        else
        {
            to.NotComparable(at, was, next);
        }
    }

    /// <summary>A constraint whose meaning is not looked into: with it less passes than without it.</summary>
    private static void Opaque(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        if (was is not null && next is not null)
        {
            to.NotComparable(at, was, next);
        }
        else
        {
            to.Shifted(at, "constraint", was is null ? Shift.Narrowed : Shift.Widened, was, next);
        }
    }

    private static void UniqueItems(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        if (
            was is not (null or { IsTrue: true } or { IsFalse: true })
            || next is not (null or { IsTrue: true } or { IsFalse: true })
        )
        {
            to.NotComparable(at, was, next);
        }
        else if (was is { IsTrue: true } == next is { IsTrue: true })
        {
            to.Restated(at, false, was, next);
        }
        else
        {
            to.Shifted(at, "constraint", next is { IsTrue: true } ? Shift.Narrowed : Shift.Widened, was, next);
        }
    }

    private static void MultipleOf(SchemaComparison to, Place at, JsonPiece? was, JsonPiece? next)
    {
        if (was is null || next is null)
        {
            Opaque(to, at, was, next);
            return;
        }

        if (Step(was) is not { } old || Step(next) is not { } now)
        {
            to.NotComparable(at, was, next);
            return;
        }

        var shift =
            now % old == 0 ? Shift.Narrowed
            : old % now == 0 ? Shift.Widened
            : Shift.Changed;
        to.Shifted(at, "constraint", shift, was, next);
    }

    private static decimal? Step(JsonPiece piece) =>
        piece.IsNumber
        && piece.Raw.Length <= 24
        && decimal.TryParse(
            Encoding.ASCII.GetString(piece.Raw.Span),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var step
        )
        && step > 0
            ? step
            : null;
}
