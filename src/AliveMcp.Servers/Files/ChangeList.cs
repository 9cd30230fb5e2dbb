namespace AliveMcp.Servers.Files;

/// <summary>What applying a file comes to, by slug; sorted, so that the order of entries leaves no trace.</summary>
internal sealed class ChangeList
{
    private readonly SortedSet<string> _created = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, IReadOnlyList<string>> _changed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _paused = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _resumed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _erased = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unchanged = new(StringComparer.Ordinal);

    public void Created(string slug) => _created.Add(slug);

    public void Paused(string slug) => _paused.Add(slug);

    public void Erased(string slug) => _erased.Add(slug);

    public void Known(string slug, IReadOnlyList<string> fields, bool isResumed, bool isPaused)
    {
        if (fields.Count > 0)
        {
            _changed[slug] = fields;
        }

        if (isResumed)
        {
            _resumed.Add(slug);
        }

        if (fields.Count == 0 && !isResumed && !isPaused)
        {
            _unchanged.Add(slug);
        }
    }

    public ApplyAnswer ToAnswer(bool dryRun) =>
        new()
        {
            DryRun = dryRun,
            Created = [.. _created],
            Changed = [.. _changed.Keys],
            Paused = [.. _paused],
            Resumed = [.. _resumed],
            Erased = [.. _erased],
            Unchanged = [.. _unchanged],
            Fields = _changed,
        };
}
