using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>
/// Takes the wishes of visitors: whoever says yes at the place itself hears of trouble of one public server. The answer is the same whether
/// the place is known here or not; nothing of it is the tenant's to read.
/// </summary>
public sealed class SubscriptionDesk
{
    private static readonly AttemptLimit FromNetwork = new("subscribe-from", 20, TimeSpan.FromHours(1));
    private static readonly AttemptLimit OfPage = new("subscribe-page", 300, TimeSpan.FromHours(1));

    /// <summary>Of all servers together: nobody's mailbox is flooded.</summary>
    private static readonly AttemptLimit ToAddress = new("subscribe-to", 3, TimeSpan.FromDays(1));
    private static readonly AttemptLimit ToHost = new("subscribe-host", 20, TimeSpan.FromHours(1));

    private readonly SubscriptionPlaces _places;
    private readonly SubscriptionBook _book;
    private readonly Attempts _attempts;

    internal SubscriptionDesk(SubscriptionPlaces places, SubscriptionBook book, Attempts attempts) =>
        (_places, _book, _attempts) = (places, book, attempts);

    /// <summary>What works here.</summary>
    public SubscriptionWays Ways => _places.Ways;

    /// <summary>Reads what a visitor typed; exactly one of both.</summary>
    public Result<SubscriptionWish> Read(string? email, string? webhook) => _places.Read(email, webhook);

    /// <summary>Notes a wish; its proof goes out by a worker, once.</summary>
    /// <param name="server">A public one.</param>
    /// <param name="wish">Where to.</param>
    /// <param name="network">The visitor's, as tries are counted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: it was noted, or was known, or the place was asked too often; these are not told apart.</returns>
    public async Task<Problem?> AskAsync(
        ListedServer server,
        SubscriptionWish wish,
        string network,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(wish);
        var page = server.Key.Server.ToString();
        if (
            !await _attempts.MayAsync(FromNetwork, network, cancellationToken)
            || !await _attempts.MayAsync(OfPage, page, cancellationToken)
        )
        {
            return SubscriptionProblems.TooMany;
        }

        var limit = wish.Kind == SubscriptionKind.Email ? ToAddress : ToHost;
        if (await _attempts.MayAsync(limit, wish.Host, cancellationToken))
        {
            await _book.NoteAsync(server.Key, wish, cancellationToken);
        }

        return null;
    }
}
