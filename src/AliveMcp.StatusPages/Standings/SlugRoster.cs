using AliveMcp.Servers.Catalogue;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Standings;

/// <summary>
/// Looks public slugs up so that names of nobody cost the database next to nothing: a few are asked for one by one, and whoever asks for
/// more of them in a second is answered from the list of all public slugs, read at most once a second.
/// </summary>
internal sealed class SlugRoster(Listings listings, IOptions<StatusPagesOptions> options, TimeProvider clock)
    : IDisposable
{
    /// <summary>Names of nobody that are asked for one by one in a second: a new server shows at once.</summary>
    public const int MissesASecond = 10;

    private readonly SemaphoreSlim _reading = new(1);
    private readonly Lock _lock = new();
    private volatile Roster? _roster;
    private long _secondBegan;
    private int _misses;

    /// <summary>Null when no public server has this slug.</summary>
    public async Task<ListedServer?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var isOfFew = TryTake();
        if (!isOfFew && !(await FreshAsync(cancellationToken)).Slugs.Contains(slug))
        {
            return null;
        }

        var found = await listings.FindAsync(slug, cancellationToken);
        if (found is not null && isOfFew)
        {
            GiveBack();
        }

        return found;
    }

    /// <summary>All public servers, as of now.</summary>
    public async Task<IReadOnlyList<ListedServer>> AllAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var all = await listings.AllAsync(cancellationToken);
        Note(all.Select(server => server.PublicSlug), at);
        return all;
    }

    /// <summary>All public slugs, as of now.</summary>
    public async Task<IReadOnlySet<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        return Note(await listings.SlugsAsync(cancellationToken), at).Slugs;
    }

    /// <summary>Whether somebody may be shown while nobody can be asked: not when he was not among all public servers any more, later than this was known of him.</summary>
    /// <param name="slug">Who.</param>
    /// <param name="knownAt">When he was last known to be public.</param>
    public bool MayShow(string slug, DateTimeOffset knownAt) =>
        _roster is not { } roster || knownAt > roster.At || roster.Slugs.Contains(slug);

    public void Dispose() => _reading.Dispose();

    /// <summary>A second.</summary>
    private TimeSpan AWhile => options.Value.AskAgainAfter;

    /// <summary>Counted before it is asked: a thousand at once would all be the first.</summary>
    private bool TryTake()
    {
        lock (_lock)
        {
            if (_secondBegan == 0 || clock.GetElapsedTime(_secondBegan) >= AWhile)
            {
                (_secondBegan, _misses) = (clock.GetTimestamp(), 0);
            }

            if (_misses >= MissesASecond)
            {
                return false;
            }

            _misses++;
            return true;
        }
    }

    /// <summary>It was somebody's name.</summary>
    private void GiveBack()
    {
        lock (_lock)
        {
            _misses = Math.Max(0, _misses - 1);
        }
    }

    private Roster Note(IEnumerable<string> slugs, DateTimeOffset at) =>
        _roster = new Roster(new HashSet<string>(slugs, StringComparer.Ordinal), clock.GetTimestamp(), at);

    private async Task<Roster> FreshAsync(CancellationToken cancellationToken)
    {
        if (Young is { } young)
        {
            return young;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Young is null)
            {
                await ReadAsync(cancellationToken);
            }

            return _roster!;
        }
        finally
        {
            _reading.Release();
        }
    }

    private Roster? Young => _roster is { } roster && clock.GetElapsedTime(roster.ReadAt) < AWhile ? roster : null;

    /// <param name="Slugs">Of all public servers.</param>
    /// <param name="ReadAt">When it was read.</param>
    /// <param name="At">It knows all that was so then.</param>
    private sealed record Roster(IReadOnlySet<string> Slugs, long ReadAt, DateTimeOffset At);
}
