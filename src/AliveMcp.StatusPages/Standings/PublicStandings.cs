using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Standings;

/// <summary>The standing of every public server that somebody asked for, held in this process so that a busy server costs its stores nothing.</summary>
internal sealed class PublicStandings(
    StandingSource source,
    IOptions<StatusPagesOptions> options,
    TimeProvider clock,
    ILogger<PublicStandings> log
)
{
    /// <summary>Slugs remembered, found or not. Beyond it those that named nobody are forgotten.</summary>
    private const int MostSlugs = 50_000;

    private const int LongestSlug = 80;

    private static readonly SearchValues<char> OfSlugs = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly ConcurrentDictionary<string, Refreshed<Found>> _bySlug = new(StringComparer.Ordinal);

    /// <summary>The standing that can be given at once; null when there is none, or somebody would have to wait for it.</summary>
    public Standing? FindWarm(ReadOnlySpan<char> slug)
    {
        if (!_bySlug.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(slug, out var known))
        {
            return null;
        }

        var reading = known.ReadAsync(CancellationToken.None);
#pragma warning disable RS0030 // Completed already.
        return reading.IsCompletedSuccessfully ? Believe(reading.Result).Standing : null;
#pragma warning restore RS0030
    }

    /// <summary>Looks a slug up; a name that cannot be a slug is nobody's, without asking.</summary>
    public ValueTask<Finding> FindAsync(string? slug, CancellationToken cancellationToken)
    {
        if (slug is null || !IsSlug(slug))
        {
            return new(new Finding(null, CouldSay: true));
        }

        var reading = (_bySlug.TryGetValue(slug, out var known) ? known : Remember(slug)).ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully
#pragma warning disable RS0030 // Completed already: the warm path makes no state machine.
            ? new(Believe(reading.Result))
#pragma warning restore RS0030
            : AwaitAsync(reading);
    }

    private async ValueTask<Finding> AwaitAsync(ValueTask<Reading<Found>> reading) => Believe(await reading);

    private Finding Believe(Reading<Found> reading)
    {
        if (reading.Value is not { } found)
        {
            return new(null, CouldSay: false);
        }

        var isStale = found.Standing is not null && clock.GetUtcNow() - reading.RefreshedAt > options.Value.StaleAfter;
        return new(isStale ? found.StaleSince(reading.RefreshedAt) : found.Standing, CouldSay: true);
    }

    private Refreshed<Found> Remember(string slug)
    {
        if (_bySlug.Count >= MostSlugs)
        {
            foreach (var (name, _) in _bySlug.Where(entry => entry.Value.Last().Value?.Standing is null))
            {
                _bySlug.TryRemove(name, out _);
            }
        }

        return _bySlug.GetOrAdd(slug, name => new(source.Of(name), options.Value, clock, log));
    }

    /// <summary>1 to 80 of <c>a-z 0-9 -</c>.</summary>
    private static bool IsSlug(string text) =>
        text.Length is > 0 and <= LongestSlug && !text.AsSpan().ContainsAnyExcept(OfSlugs);
}
