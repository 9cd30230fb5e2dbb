using AliveMcp.Archive.Status;
using AliveMcp.StatusPages.Kept;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Standings;

/// <summary>
/// How servers stand while the archive cannot be read: their verdicts are at hand in Redis as long as sealing goes on, figures and history are
/// those that were last told, by the archive to this process or by the page cache to one that began since.
/// </summary>
internal sealed class StandingsAtHand(
    StatusAtHand atHand,
    KeptPages kept,
    SlugRoster roster,
    IOptions<StatusPagesOptions> options,
    TimeProvider clock
)
{
    /// <summary>Once a minute is often enough for what is only read after a restart.</summary>
    private static readonly TimeSpan KeepAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>Keeps what the archive told, if the last time is long ago. Nobody waits for it.</summary>
    /// <returns>When it was kept last.</returns>
    public DateTimeOffset Keep(KeptStanding told, DateTimeOffset keptAt)
    {
        if (told.At - keptAt < KeepAgainAfter)
        {
            return keptAt;
        }

        _ = kept.KeepAsync(told);
        return told.At;
    }

    /// <param name="slug">Who is asked for.</param>
    /// <param name="told">What the archive last told this process; null when it never did.</param>
    /// <param name="last">What is given now.</param>
    /// <returns>Null when nobody can say more than that.</returns>
    public async Task<Found?> FindAsync(string slug, KeptStanding? told, Found? last)
    {
        if (last is { Standing: null })
        {
            // The archive itself said so; what others kept may be older.
            return last;
        }

        if ((told ?? await kept.StandingAsync(slug)) is not { } known)
        {
            return null;
        }

        if (!roster.MayShow(slug, known.PublicAt))
        {
            return Found.Nobody;
        }

        var server = known.Listing.Key;
        var verdicts = await atHand.GetManyAsync(new Dictionary<ServerKey, ServerStatus> { [server] = known.Status });
        if (verdicts.TryGetValue(server, out var status))
        {
            var standing = new Standing(known.Listing, status) { FiguresAt = known.At };
            return last?.Standing?.SaysTheSame(standing) == true ? last : new Found(standing);
        }

        return told is null ? Remembered(known, last) : null;
    }

    /// <summary>The page cache alone remembers. It is believed for as long as this process would believe itself.</summary>
    private Found Remembered(KeptStanding known, Found? last)
    {
        var standing = new Standing(known.Listing, known.Status) { FiguresAt = known.At };
        if (clock.GetUtcNow() - known.At > options.Value.StaleAfter)
        {
            standing = standing.Stale(known.At);
        }

        return last?.Standing?.SaysTheSame(standing) == true ? last : new Found(standing);
    }
}
