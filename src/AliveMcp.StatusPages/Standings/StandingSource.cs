using System.Data.Common;
using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Standings;

/// <summary>Asks the stores who has a slug and how it stands: the listing now and then, the status each time.</summary>
internal sealed class StandingSource(
    Listings listings,
    StatusQueries statuses,
    IOptions<StatusPagesOptions> options,
    TimeProvider clock
)
{
    /// <summary>What one slug is asked with; it remembers the slug's listing.</summary>
    public Func<Found?, CancellationToken, Task<Found>> Of(string slug)
    {
        ListedServer? listing = null;
        long listedAt = 0;
        return AskAsync;

        async Task<Found> AskAsync(Found? last, CancellationToken cancellationToken)
        {
            if (listing is null || clock.GetElapsedTime(listedAt) >= options.Value.ListingFor)
            {
                listing = await ListingAsync(slug, listing, cancellationToken);
                listedAt = clock.GetTimestamp();
            }

            return listing is null ? Found.Nobody : await StatusAsync(listing, last, cancellationToken);
        }
    }

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

    private async Task<Found> StatusAsync(ListedServer listing, Found? last, CancellationToken cancellationToken)
    {
        var status = await statuses.GetAsync(listing.Key, cancellationToken);
        return last?.Standing is { } held && held.SaysTheSame(listing, status)
            ? last
            : new Found(new Standing(listing, status, staleSince: null));
    }
}
