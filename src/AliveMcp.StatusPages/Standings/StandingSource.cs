using System.Data.Common;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Kept;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Standings;

/// <summary>
/// Asks the stores who has a slug and how it stands. Each time it looks only whether a newer minute was sealed, one field of <c>hot</c>;
/// listing and status, which cost the database something, are asked when one was, and now and then. When the database does not answer, what
/// is at hand does.
/// </summary>
internal sealed class StandingSource(
    SlugRoster roster,
    VerdictSource verdicts,
    StandingsAtHand atHand,
    IOptions<StatusPagesOptions> options,
    TimeProvider clock
)
{
    /// <summary>What one slug is asked with; it remembers what it was told last.</summary>
    public Func<Found?, CancellationToken, Task<Found>> Of(string slug)
    {
        var memory = new Memory();
        return (last, cancellationToken) => AskAsync(slug, memory, last, cancellationToken);
    }

    private async Task<Found> AskAsync(string slug, Memory memory, Found? last, CancellationToken cancellationToken)
    {
        try
        {
            return await AskArchiveAsync(slug, memory, last, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or OperationCanceledException)
        {
            if (await atHand.FindAsync(slug, memory.Told, last) is { } found)
            {
                return found;
            }

            throw;
        }
    }

    private async Task<Found> AskArchiveAsync(
        string slug,
        Memory memory,
        Found? last,
        CancellationToken cancellationToken
    )
    {
        if (memory.Listing is null || clock.GetElapsedTime(memory.ListedAt) >= options.Value.ListingFor)
        {
            var at = clock.GetUtcNow();
            memory.Listing = await roster.FindAsync(slug, cancellationToken);
            (memory.ListedAt, memory.PublicAt) = (clock.GetTimestamp(), at);
        }

        if (memory.Listing is not { } listing)
        {
            // Who is no longer public must not come back when the archive goes away.
            memory.Told = null;
            return Found.Nobody;
        }

        var newest = await verdicts.NewestAsync(listing.Key);
        var isSettled = newest is not null && newest == memory.Newest;
        if (last?.Standing is { FiguresAt: null } held && isSettled && IsYoung(memory) && held.IsOf(listing))
        {
            return last;
        }

        var status = await verdicts.StatusAsync(listing.Key, cancellationToken);
        (memory.Newest, memory.AskedAt) = (newest, clock.GetTimestamp());
        memory.Told = new KeptStanding(listing, status, clock.GetUtcNow()) { PublicAt = memory.PublicAt };
        memory.KeptAt = atHand.Keep(memory.Told, memory.KeptAt);
        var standing = new Standing(listing, status);
        return last?.Standing?.SaysTheSame(standing) == true ? last : new Found(standing);
    }

    private bool IsYoung(Memory memory) => clock.GetElapsedTime(memory.AskedAt) < options.Value.StatusFor;

    private sealed class Memory
    {
        public ListedServer? Listing { get; set; }

        public long ListedAt { get; set; }

        /// <summary>The same, as others tell it.</summary>
        public DateTimeOffset PublicAt { get; set; }

        public string? Newest { get; set; }

        public long AskedAt { get; set; }

        /// <summary>What the archive told last; null when it never did.</summary>
        public KeptStanding? Told { get; set; }

        public DateTimeOffset KeptAt { get; set; }
    }
}
