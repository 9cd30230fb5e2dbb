namespace AliveMcp.Contracts.Changes;

/// <summary>
/// Which entry of one list is which of the other: the same bytes, then the same name, then the same tool under a new name.
/// Entries whose bytes are in both lists appear nowhere.
/// </summary>
internal sealed class ToolPairs
{
    private readonly List<(JsonPiece, JsonPiece)> _same = [];

    public ToolPairs(IReadOnlyList<JsonPiece> before, IReadOnlyList<JsonPiece> after)
    {
        var (old, now) = WithoutEqual(before, after);
        PairByName(old, now);
        (Renamed, Removed, Added) = Renames.Find(old, now);
    }

    /// <summary>Of one name, with something else changed.</summary>
    public IReadOnlyList<(JsonPiece Before, JsonPiece After)> Same => _same;

    /// <summary>The same tool under a new name.</summary>
    public IReadOnlyList<(JsonPiece Before, JsonPiece After)> Renamed { get; }

    public IReadOnlyList<JsonPiece> Removed { get; }

    public IReadOnlyList<JsonPiece> Added { get; }

    private static (List<JsonPiece> Before, List<JsonPiece> After) WithoutEqual(
        IReadOnlyList<JsonPiece> before,
        IReadOnlyList<JsonPiece> after
    )
    {
        var counts = new Dictionary<JsonPiece, int>(SameBytes.Comparer);
        foreach (var tool in after)
        {
            counts[tool] = counts.GetValueOrDefault(tool) + 1;
        }

        var old = new List<JsonPiece>();
        foreach (var tool in before)
        {
            if (counts.GetValueOrDefault(tool) is var count and > 0)
            {
                counts[tool] = count - 1;
            }
            else
            {
                old.Add(tool);
            }
        }

        var now = new List<JsonPiece>();
        foreach (var tool in after)
        {
            if (counts[tool]-- > 0)
            {
                now.Add(tool);
            }
        }

        return (old, now);
    }

    private void PairByName(List<JsonPiece> before, List<JsonPiece> after)
    {
        var named = new Dictionary<string, Queue<JsonPiece>>(StringComparer.Ordinal);
        foreach (var tool in after.Where(tool => tool.TextOf("name") is not null))
        {
            var name = tool.TextOf("name")!;
            (named.TryGetValue(name, out var queue) ? queue : named[name] = new()).Enqueue(tool);
        }

        var paired = new HashSet<JsonPiece>();
        foreach (var old in before)
        {
            if (
                old.TextOf("name") is { } name
                && named.TryGetValue(name, out var queue)
                && queue.TryDequeue(out var now)
            )
            {
                _same.Add((old, now));
                paired.Add(old);
                paired.Add(now);
            }
        }

        before.RemoveAll(paired.Contains);
        after.RemoveAll(paired.Contains);
    }
}
