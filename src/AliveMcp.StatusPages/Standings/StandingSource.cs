using System.Data.Common;
using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AliveMcp.StatusPages.Standings;

/// <summary>
/// Asks the stores who has a slug and how it stands. Each time it looks only whether a newer minute was sealed, one field of <c>hot</c>;
/// listing and status, which cost the database something, are asked when one was, and now and then.
/// </summary>
internal sealed class StandingSource(
    Listings listings,
    StatusQueries statuses,
    RedisDoor redis,
    IOptions<StatusPagesOptions> options,
    TimeProvider clock
)
{
    /// <summary>The stamp of the newest sealed minute in <c>hot</c>.</summary>
    private const string NewestMinute = "am";

    /// <summary>What one slug is asked with; it remembers what it was told last.</summary>
    public Func<Found?, CancellationToken, Task<Found>> Of(string slug)
    {
        var memory = new Memory();
        return (last, cancellationToken) => AskAsync(slug, memory, last, cancellationToken);
    }

    private async Task<Found> AskAsync(string slug, Memory memory, Found? last, CancellationToken cancellationToken)
    {
        if (memory.Listing is null || clock.GetElapsedTime(memory.ListedAt) >= options.Value.ListingFor)
        {
            memory.Listing = await ListingAsync(slug, memory.Listing, cancellationToken);
            memory.ListedAt = clock.GetTimestamp();
        }

        if (memory.Listing is not { } listing)
        {
            return Found.Nobody;
        }

        var newest = await NewestAsync(listing);
        var isSettled = newest is not null && newest == memory.Newest;
        if (last?.Standing is { } held && isSettled && IsYoung(memory) && held.IsOf(listing))
        {
            return last;
        }

        var status = await statuses.GetAsync(listing.Key, cancellationToken);
        (memory.Newest, memory.AskedAt) = (newest, clock.GetTimestamp());
        return last?.Standing is { } same && same.SaysTheSame(listing, status)
            ? last
            : new Found(new Standing(listing, status, staleSince: null));
    }

    private bool IsYoung(Memory memory) => clock.GetElapsedTime(memory.AskedAt) < options.Value.StatusFor;

    private async Task<ListedServer?> ListingAsync(string slug, ListedServer? last, CancellationToken cancellationToken)
    {
        try
        {
            return await listings.FindAsync(slug, cancellationToken);
        }
        catch (DbException) when (last is not null)
        {
            // Nobody can make a server private while the database is away: what we know of it still holds.
            return last;
        }
    }

    /// <returns>Null when Redis cannot say: the archive then answers alone.</returns>
    private async Task<string?> NewestAsync(ListedServer listing)
    {
        try
        {
            return redis.IsConnected
                ? (string?)await redis.Database.HashGetAsync(HandoverKeys.Hot(listing.Key.Server), NewestMinute)
                : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }

    private sealed class Memory
    {
        public ListedServer? Listing { get; set; }

        public long ListedAt { get; set; }

        public string? Newest { get; set; }

        public long AskedAt { get; set; }
    }
}
