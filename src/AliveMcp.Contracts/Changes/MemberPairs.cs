namespace AliveMcp.Contracts.Changes;

/// <summary>The members of two objects side by side.</summary>
internal static class MemberPairs
{
    /// <summary>Every key of either, in order, with both values; null where a side has none.</summary>
    public static IEnumerable<(string Key, JsonPiece? Before, JsonPiece? After)> Of(JsonPiece? before, JsonPiece? after)
    {
        var (left, right) = (before?.Members ?? [], after?.Members ?? []);
        int at = 0,
            to = 0;
        while (at < left.Count || to < right.Count)
        {
            var order =
                at == left.Count ? 1
                : to == right.Count ? -1
                : string.CompareOrdinal(left[at].Key, right[to].Key);
            yield return order switch
            {
                < 0 => (left[at].Key, left[at++].Value, null),
                > 0 => (right[to].Key, null, right[to++].Value),
                _ => (left[at].Key, left[at++].Value, right[to++].Value),
            };
        }
    }

    /// <summary>Those of <see cref="Of"/> whose values are not byte for byte the same.</summary>
    public static IEnumerable<(string Key, JsonPiece? Before, JsonPiece? After)> Differing(
        JsonPiece? before,
        JsonPiece? after
    ) =>
        Of(before, after)
            .Where(pair => pair.Before is null || pair.After is null || !pair.Before.SameBytes(pair.After));
}
