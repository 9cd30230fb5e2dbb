using System.Globalization;
using System.Numerics;
using System.Text;

namespace AliveMcp.Contracts.Changes;

/// <summary>Bounds of numbers and of counts.</summary>
internal static class BoundKeywords
{
    public static void CompareLower(SchemaComparison to, Place at, JsonPiece before, JsonPiece after) =>
        CompareEdge(to, at, before, after, ("minimum", "exclusiveMinimum", 1));

    public static void CompareUpper(SchemaComparison to, Place at, JsonPiece before, JsonPiece after) =>
        CompareEdge(to, at, before, after, ("maximum", "exclusiveMaximum", -1));

    /// <summary>A bound of a count: without a word at least 0, and no upper end.</summary>
    public static void CompareCount(
        SchemaComparison to,
        Place at,
        JsonPiece? was,
        JsonPiece? next,
        bool isUpper,
        double least = 0
    )
    {
        var none = isUpper ? double.PositiveInfinity : least;
        if (Count(was, none) is not { } old || Count(next, none) is not { } now)
        {
            to.NotComparable(at, was, next);
        }
        else
        {
            Tell(to, at, isUpper ? old.CompareTo(now) : now.CompareTo(old), was, next);
        }
    }

    private static double? Count(JsonPiece? bound, double none) =>
        bound is null ? none
        : bound.IsNumber && EcmaNumber.TryRead(bound.Raw.Span, out var count) && count >= 0 ? count
        : null;

    private static void CompareEdge(
        SchemaComparison to,
        Place at,
        JsonPiece before,
        JsonPiece after,
        (string Closed, string Open, int Sign) words
    )
    {
        var key =
            Differ(before[words.Open], after[words.Open]) && !Differ(before[words.Closed], after[words.Closed])
                ? words.Open
                : words.Closed;
        var (was, next) = (before[key], after[key]);
        if (!TryRead(before, words, out var old) || !TryRead(after, words, out var now))
        {
            to.NotComparable(at / key, was, next);
            return;
        }

        var tighter =
            old is null ? (now is null ? 0 : 1)
            : now is null ? -1
            : words.Sign * Edge.Compare(now, old, words.Sign);
        Tell(to, at / key, tighter, was, next);
    }

    private static void Tell(SchemaComparison to, Place at, int tighter, JsonPiece? was, JsonPiece? next)
    {
        if (tighter == 0)
        {
            to.Restated(at, false, was, next);
        }
        else
        {
            to.Shifted(at, "constraint", tighter > 0 ? Shift.Narrowed : Shift.Widened, was, next);
        }
    }

    /// <summary>The edge that both keywords make together; null when there is none. False when one cannot be read.</summary>
    private static bool TryRead(JsonPiece schema, (string Closed, string Open, int Sign) words, out Edge? edge)
    {
        edge = null;
        var (closed, open) = (schema[words.Closed], schema[words.Open]);
        if (closed is not null && (edge = Edge.Of(closed, isOpen: open is { IsTrue: true })) is null)
        {
            return false;
        }

        // Draft 4 has a boolean beside the bound, later drafts a bound of its own.
        if (open is null or { IsTrue: true } or { IsFalse: true })
        {
            edge = edge is null ? null : Edge.Whole(edge, schema, words.Sign);
            return true;
        }

        if (Edge.Of(open, isOpen: true) is not { } other)
        {
            return false;
        }

        edge = edge is not null && words.Sign * Edge.Compare(edge, other, words.Sign) > 0 ? edge : other;
        edge = Edge.Whole(edge, schema, words.Sign);
        return true;
    }

    private static bool Differ(JsonPiece? before, JsonPiece? after) =>
        before is null ? after is not null : after is null || !before.SameBytes(after);

    /// <summary>Where numbers end, itself included or not.</summary>
    private sealed record Edge(double Value, string Text, bool IsOpen)
    {
        public static Edge? Of(JsonPiece number, bool isOpen) =>
            number.IsNumber && EcmaNumber.TryRead(number.Raw.Span, out var value)
                ? new Edge(value, Encoding.ASCII.GetString(number.Raw.Span), isOpen)
                : null;

        /// <summary>Among integers alone every edge has an integer on it.</summary>
        public static Edge Whole(Edge edge, JsonPiece schema, int sign)
        {
            const double exact = 9_007_199_254_740_991;
            if (KindSets.Read(schema["type"]) != Kinds.Integer || Math.Abs(edge.Value) >= exact)
            {
                return edge;
            }

            var inner = sign > 0 ? Math.Ceiling(edge.Value) : Math.Floor(edge.Value);
            var value = edge.IsOpen && inner == edge.Value ? inner + sign : inner;
            return new Edge(value, value.ToString(CultureInfo.InvariantCulture), false);
        }

        /// <summary>By value; of two equal ones the open edge lies further in.</summary>
        public static int Compare(Edge left, Edge right, int sign)
        {
            var order = left.Value.CompareTo(right.Value);
            if (order == 0 && left.Text != right.Text && IsInteger(left) && IsInteger(right))
            {
                order = BigInteger
                    .Parse(left.Text, CultureInfo.InvariantCulture)
                    .CompareTo(BigInteger.Parse(right.Text, CultureInfo.InvariantCulture));
            }

            return order != 0 ? order : sign * left.IsOpen.CompareTo(right.IsOpen);
        }

        private static bool IsInteger(Edge edge) =>
            edge.Text.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
