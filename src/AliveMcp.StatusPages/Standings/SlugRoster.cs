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
        if (IsSpent() && !(await FreshAsync(cancellationToken)).Slugs.Contains(slug))
        {
            return null;
        }

        var found = await listings.FindAsync(slug, cancellationToken);
        if (found is null)
        {
            Interlocked.Increment(ref _misses);
        }

        return found;
    }

    /// <summary>All public slugs, as of now.</summary>
    public async Task<IReadOnlySet<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var slugs = new HashSet<string>(await listings.SlugsAsync(cancellationToken), StringComparer.Ordinal);
        _roster = new Roster(slugs, clock.GetTimestamp());
        return slugs;
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>A second.</summary>
    private TimeSpan AWhile => options.Value.AskAgainAfter;

    private bool IsSpent()
    {
        lock (_lock)
        {
            if (_secondBegan == 0 || clock.GetElapsedTime(_secondBegan) >= AWhile)
            {
                (_secondBegan, _misses) = (clock.GetTimestamp(), 0);
            }

            return _misses >= MissesASecond;
        }
    }

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

    private sealed record Roster(IReadOnlySet<string> Slugs, long ReadAt);
}
